# lint.jq - what can be wrong with a board or an alert file, one sentence each.

def known_macros: ["__timeFrom", "__timeTo", "__timeFilter", "__timeGroup", "__timeGroupAlias",
  "__unixEpochFilter", "__unixEpochFrom", "__unixEpochTo", "__interval", "__interval_ms"];
def known_panels: ["row", "stat", "timeseries", "barchart", "table"];
def target_keys: ["datasource", "editorMode", "format", "rawQuery", "rawSql", "refId"];

def overlap($a; $b):
  $a.x < $b.x + $b.w and $b.x < $a.x + $a.w and $a.y < $b.y + $b.h and $b.y < $a.y + $a.h;

# Grafana's default turns every figure above 80 red: so every panel says its colours.
def colour_faults:
  .fieldConfig.defaults as $d
  | if ($d.thresholds.steps // [] | length) == 0 then "no thresholds of its own" else empty end,
    (if $d.thresholds.steps[0].value? == null then empty else "its first step is not the base" end),
    (if .type == "stat" and ($d.color.mode | IN("fixed", "thresholds") | not) then "a tile without a colour" else empty end),
    (if $d.color.mode == "fixed" and ($d.color.fixedColor // "") == "" then "fixed to no colour" else empty end);

# One call is a click away, with what is chosen above.
def link_faults($names):
  (if [.links[]?.url | select(startswith("/d/cdretl-call?"))] | length > 0 then empty else "no way to One call" end),
  (if .type == "timeseries" and ([.fieldConfig.defaults.links[]?.url | select(test("time=\\$\\{__value.time\\}"))] | length == 0)
    then "no way from a point to its calls" else empty end),
  ([.. | .url? | strings | scan("\\$\\{([a-z]+):queryparam\\}") | .[0]] | unique[]
    | select(. as $v | $names | index($v) | not) | "a link with the unknown variable \(.)");

def doubles: group_by(.) | map(select(length > 1) | .[0]) | .[];

# $names: the variables of the board.
def sql_faults($names):
  ([scan("\\$\\{?([A-Za-z_][A-Za-z_0-9]*)") | .[0]] | unique[]
   | select(startswith("__")) | select(. as $m | known_macros | index($m) | not) | "unknown macro $\(.)"),
  ([scan("\\$\\{?([A-Za-z_][A-Za-z_0-9]*)") | .[0]] | unique[]
   | select(startswith("__") | not) | select(. as $v | $names | index($v) | not) | "unknown variable $\(.)"),
  (scan("\\$__[A-Za-z_]+\\([^)]*[(,][^)]*\\)") | "a macro's argument with a bracket or comma: \(.)"),
  (scan("\\bbetween\\b") | "between counts an edge twice"),
  (if test("\\$__timeGroup") then "$__timeGroup buckets in UTC; days need date_trunc with a zone" else empty end),
  (if test("date_trunc\\('day', [^,)]*\\)") then "date_trunc of a day without a zone" else empty end);

def panel_faults($names; $board):
  . as $p
  | "\(.id) \(.title): " as $at
  | (if (.title // "") == "" then "panel \(.id) has no title" else empty end),
    (if .type as $t | known_panels | index($t) then empty else $at + "unknown panel type \(.type)" end),
    (if .type == "row" then empty else
      (if .datasource.uid == "${DS}" then empty else $at + "the data source is hard-wired" end),
      (if (.targets | length) > 0 then empty else $at + "no query" end),
      ([.targets[].refId] | doubles | $at + "refId \(.) twice"),
      (.targets[]
       | (keys - target_keys | .[] | $at + "unknown target key \(.)"),
         (target_keys - keys | .[] | $at + "missing target key \(.)"),
         (if .datasource.uid == "${DS}" then empty else $at + "a target's data source is hard-wired" end),
         (if .rawQuery == true and .editorMode == "code" then empty else $at + "not a raw query" end),
         (if .format == (if $p.type == "timeseries" then "time_series" else "table" end) then empty
          else $at + "format \(.format)" end),
         (.rawSql // "" | sql_faults($names) | $at + .)),
      (colour_faults | $at + .),
      (if $board == "cdretl-call" then empty else link_faults($names) | $at + . end)
    end);

def board_faults:
  [.templating.list[].name] as $names
  | (if .schemaVersion == 41 then empty else "schemaVersion is \(.schemaVersion)" end),
    (if .id == null then empty else "id must be null: Grafana numbers boards" end),
    (if .templating.list[0] | .name == "DS" and .type == "datasource"
        and .query == "grafana-postgresql-datasource" then empty else "variable DS must come first" end),
    ([.panels[].id] | doubles | "panel id \(.) twice"),
    (.panels[] | select(.gridPos.x < 0 or .gridPos.y < 0 or .gridPos.w < 1 or .gridPos.h < 1
      or .gridPos.x + .gridPos.w > 24) | "\(.id) \(.title): outside of the grid"),
    (.panels as $p | range($p | length) as $i | range($i) as $j | select(overlap($p[$i].gridPos; $p[$j].gridPos))
      | "panels \($p[$i].id) and \($p[$j].id) overlap"),
    (.uid as $uid | .panels[] | panel_faults($names; $uid)),
    (("carrier", "gateway", "direction", "queue", "domain") | select(. as $v | $names | index($v) | not) | "no filter of \(.)"),
    ((["Incidents", "Rule sets"] - [.annotations.list[].name])[] | "no annotation \(.)"),
    (.annotations.list[] | .name as $n | .target.rawSql | sql_faults($names) | "annotation \($n): " + .),
    (.templating.list[] | select(.type == "query") | .name as $n | .query | sql_faults($names) | "variable \($n): " + .),
    (.. | strings | select(test("cdr\\.(leg|reject)\\b")) | "reads what the role may not: \(.[0:60])");

# Grafana replaces $NAME by its environment in provisioned files.
def alert_faults:
  (.. | strings | select(test("\\$")) | "a dollar sign in: \(.[0:60])"),
  ([.groups[].rules[].uid] | doubles | "rule \(.) twice"),
  (.groups[].rules[]
   | .uid as $uid
   | ([.data[].refId] | doubles | "\($uid): refId \(.) twice"),
     (if .condition as $c | [.data[].refId] | index($c) then empty else "\($uid): condition \(.condition) is no query" end),
     (.data[] | select(.refId != .model.refId) | "\($uid): refIds differ"),
     (.data[] | select(.datasourceUid == "__expr__") | .model.expression as $e
      | select([$e] | inside(["A", "B"]) | not) | "\($uid): expression \($e)"));

if has("panels") then board_faults else alert_faults end
