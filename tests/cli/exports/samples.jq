# samples.jq - hold what a load left behind against one object of expected.json.
#
# A module.  Input of faults: {expected, status, report, legs, calls, rejects}; output: one line a fault.
# What the keys of expected mean is told in tests/samples/README.md.

def within($want): if ($want | type) == "array" then . >= $want[0] and . <= $want[1] else . == $want end;

# Instants are compared as milliseconds.
def instant:
  capture("^(?<s>[^.Z]+)([.](?<ms>[0-9]{3}))?Z$")
  | ((.s + "Z") | fromdateiso8601) * 1000 + ((.ms // "0") | tonumber);

def same($field; $want):
  if $field == "time_flag" then (. != null) == $want
  elif $want == null then . == null or . == []
  elif $field | test("_at$") then . == ($want | instant)
  elif $field == "alternatives" then ((. // []) | sort) == ($want | sort)
  else . == $want end;

def counts($what; $want):
  . as $got
  | ($want.any // 0) as $any
  | ($got + $want | keys_unsorted | unique[] | select(. != "any"))
  | ($got[.] // 0) as $n | ($want[.] // 0) as $m
  | select($n < $m or $n > $m + $any)
  | "\($what) \(.): expected \($m)\(if $any > 0 then " to \($m + $any)" else "" end), got \($n)";

def number($what; $want): select($want != null) | select(within($want) | not) | "\($what): expected \($want), got \(.)";

# Legs by their key and by "line N".
def places:
  (.legs | map({(.leg_key): [.]}) | add // {})
  + (.legs | group_by(.line_no) | map({("line \(.[0].line_no)"): .}) | add // {});

def leg_at($state): $state.at[.] // [] | .[];

def checks($state):
  . as $expected
  | ($expected.check // {}) | to_entries[]
  | .key as $at | .value as $want
  | [$at | leg_at($state)] as $found
  | if ($found | length) != 1 then
      # a record that may be rejected instead need not be there
      select([$expected.rejected[]? | select(.or_inserted and (.uuid == $at or .at == $at))] == [])
      | "\($at): \($found | length) legs"
    else
      $want | to_entries[]
      | .key as $field | .value as $value
      | select($found[0][$field] | same($field; $value) | not)
      | "\($at).\($field): expected \($value), got \($found[0][$field])"
    end;

def rejects($state):
  # Where the note leaves the code open, ours is that of the option's own name.
  (if (.note // "") | contains("code of the rejects is open") then ["ambiguous_time"] else [] end) as $open
  | (.rejected // [])[]
  | . as $want
  | select(.at | startswith("line "))
  | (.at[5:] | tonumber) as $n
  | [$state.rejects[] | select(.line_no == $n)] as $found
  | if ($found | length) == 0 then select($want.or_inserted | not) | "\(.at): no reject"
    else $found[] | select([.code] - $want.codes - $open != []) | "\($want.at): rejected as \(.code), not \($want.codes)" end;

def linked($state):
  (.linked_calls // {}) | to_entries[]
  | .key as $at | .value as $want
  | [$at | leg_at($state)][0].call_key as $key
  | [$want.legs[] | leg_at($state).call_key] as $keys
  | [$state.calls[] | select(.call_key == $key)] as $found
  | if $keys | unique != [$key] then "call \($at): its legs are in \($keys | unique | length) calls"
    elif ($found | length) != 1 then "call \($at): \($found | length) rows"
    else
      "category", "confidence", "alternatives"
      | . as $field
      | select($want[$field] != null)
      | select($found[0][$field] | same($field; $want[$field]) | not)
      | "call \($at).\($field): expected \($want[$field]), got \($found[0][$field])"
    end;

def never($state):
  (.never // {}) | to_entries[] | . as $no
  | $state.legs[] | select(.[$no.key] == $no.value) | "\(.leg_key): \($no.key) is \($no.value)";

def by(f): map(f) | group_by(.) | map({(.[0] | tostring): length}) | add // {};

def hours: map(.started_at / 3600000 | floor * 3600 | todateiso8601) | by(.);

def loaded($state):
  . as $expected
  | $state.report.files[0] as $file
  | (["lines", "headers", "blank", "records", "inserted", "duplicate", "ambiguous_times"][]
      | . as $name | $file[$name] | number($name; $expected[$name])),
    ($state.calls | length | number("calls"; $expected.calls)),
    ($file.calls | number("calls of the report"; $expected.calls)),
    ($state.legs | length | number("legs"; $expected.inserted)),
    (select(.legs_by_category) | .legs_by_category as $want
      | ($state.legs | by(.category) | counts("legs"; $want)), ($file.by_category | counts("legs of the report"; $want))),
    (select(.calls_by_category) | .calls_by_category as $want
      | ($state.calls | by(.category) | counts("calls"; $want)),
        ($file.calls_by_category | counts("calls of the report"; $want))),
    (select(.calls_by_hour) | .calls_by_hour as $want | $state.calls | hours | counts("calls at"; $want)),
    checks($state), rejects($state), linked($state), never($state);

def refused($state):
  (select($state.legs != []) | "\($state.legs | length) legs were kept of a refused file"),
  (select(.about)
    | . as $expected | ($state.report.files[0].reason // "" | ascii_downcase) as $reason
    | select([.about[] | select(. as $word | $reason | contains($word | ascii_downcase))] == [])
    | "the reason names none of \($expected.about): \($reason)");

def faults:
  (. + {at: places}) as $state
  | .expected
  | (if .verdict | type == "array" then .verdict else [.verdict] end) as $verdicts
  | (. as $expected | $state.status | select([.] - $expected.exit != []) | "exit \(.), not \($expected.exit)"),
    ($state.report.files[0].verdict as $got
      | if $got == "loaded" and ($verdicts | index("loads") != null) then loaded($state)
        elif $got == "refused" and ($verdicts - ["loads"] != []) then refused($state)
        elif $got == "rolled_back" and ($verdicts | index("rejected") != null) then refused($state)
        else "verdict \($got), not \($verdicts)" end);
