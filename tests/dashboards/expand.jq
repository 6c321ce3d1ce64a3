# expand.jq - a panel's SQL as Grafana would send it: variables first, then the
# interval and epoch macros, then the rest; a module.  $from and $to are RFC 3339 instants,
# $vars maps a variable to its value, or to a list where several may be chosen.

def quoted: "'" + gsub("'"; "''") + "'";
def value: if type == "array" then map(quoted) | join(",") else gsub("'"; "''") end;

def variables($vars):
  reduce ($vars | to_entries[]) as $v (.;
    gsub("\\$\\{" + $v.key + ":sqlstring\\}"; if $v.value | type == "array" then $v.value | value else $v.value | quoted end)
    | gsub("\\$(\\{" + $v.key + "\\}|" + $v.key + "\\b)"; $v.value | value));

def epoch: sub("\\.[0-9]+Z"; "Z") | fromdate | tostring;

def macros($from; $to):
  gsub("\\$__interval_ms"; "3600000")
  | gsub("\\$__interval"; "1h")
  | gsub("\\$__unixEpochFrom\\(\\)"; $from | epoch)
  | gsub("\\$__unixEpochTo\\(\\)"; $to | epoch)
  | gsub("\\$__timeFrom\\(\\)"; $from | quoted)
  | gsub("\\$__timeTo\\(\\)"; $to | quoted)
  | gsub("\\$__timeFilter\\((?<c>[^)]*)\\)"; .c + " BETWEEN " + ($from | quoted) + " AND " + ($to | quoted));

def expanded($vars; $from; $to): variables($vars) | macros($from; $to);
