#!/usr/bin/env bash
# Every figure of every board against SQL of the test's own (panels.sql), over legs whose truth
# is known: each panel's query as Grafana sends it, in several ranges and choices of its
# variables, over both changes of the clock; and changed in ways that must show.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
PGOPTIONS="$PGOPTIONS -c jit=off"
boards=${BOARDS:-schema/dashboards/grafana/dashboards} # or boards of your own
here=tests/dashboards

fresh_db
for data in figures_data panels_data; do
  check "$data.sql runs" psql -Xq -v ON_ERROR_STOP=1 -f $here/$data.sql
done

# A line a target: its name and its query, as JSON.
for board in "$boards"/*.json; do
  jq -c --arg board "$(basename "$board" .json)" '.panels[] | select(.targets) | .id as $id
    | .targets[] | {name: "\($board) \($id) \(.refId)", sql: .rawSql}' "$board"
done >"$work/panels"
# The statements of panels.sql by their names.
jq -Rs '[("\n" + . | split("\n-- name: "))[1:][] | split("\n") | {key: .[0], value: (.[1:] | map(select(startswith("--") | not)) | join("\n"))}] | from_entries' \
  $here/panels.sql >"$work/own"
equal 'every statement has its panel' '' "$(jq -r --slurpfile panels "$work/panels" 'keys - ($panels | map(.name)) | .[]' "$work/own")"

# Ranges and choices; what is not named is all there is.  The last one is the ledger's.
jq -nc --arg now "$(date -u -d '2 seconds' +%Y-%m-%dT%H:%M:%SZ)" --arg yesterday "$(date -u -d '1 day ago' +%Y-%m-%dT%H:%M:%SZ)" \
  --arg autumn "$(sql "select call_key from truth where kind = 'transfer' and at >= '2025-10-25 22:00Z' and at < '2025-10-26 21:00Z' limit 1")" \
  --arg spring "$(sql "select call_key from truth where kind = 'two' and at >= '2025-03-29 22:00Z' and at < '2025-03-30 21:00Z' limit 1")" '
  {unit: "attempt", behind: "0h", call: $autumn, category: ["ANSWERED", "ANSWERED_MACHINE", "BUSY", "CALLER_CANCEL", "NO_ANSWER", "UNDETERMINED"],
   carrier: ["Vega", "Other", "trunk-in", "trunk-raw", "(none)"], gateway: ["trunk-vega", "trunk-other", "trunk-in", "trunk-raw", "(none)"],
   direction: ["inbound", "outbound", "(none)"], queue: ["sales", "support", "(none)"], domain: ["north", "south", "(none)"]} as $all
  | [["autumn, all of it", "2025-10-24T00:00:00Z", "2025-10-28T12:00:00Z", {}],
     ["spring, calls of a carrier", "2025-03-29T10:20:30Z", "2025-03-31T04:10:00Z", {unit: "call", call: $spring, carrier: ["Vega", "trunk-in"], domain: ["north"]}],
     ["a day of 25 hours, outbound, a queue", "2025-10-25T21:00:00Z", "2025-10-26T22:00:00Z", {direction: ["outbound"], queue: ["sales"], gateway: ["trunk-vega"]}],
     ["autumn, inbound calls", "2025-10-24T21:00:00Z", "2025-10-27T22:00:00Z", {unit: "call", direction: ["inbound"], queue: ["support", "(none)"]}],
     ["today", $yesterday, $now, {call: ""}]][]
  | {name: .[0], from: .[1], to: .[2], vars: ($all + .[3])}' >"$work/choices"

# against CHOICE PANELS: psql's input.
against() { jq -L $here -nr --argjson choice "$1" --slurpfile panels "$2" --slurpfile own "$work/own" -f $here/panels.jq; }

# changed PANEL OLD NEW: the panel with other words in it.
changed() {
  jq -c --arg panel "$1" --arg old "$2" --arg new "$3" 'select(.name == $panel)
    | if $old == "" then . elif .sql | contains($old) then .sql |= (split($old) | join($new)) else error("no " + $old) end' "$work/panels"
}

# What must show: in which choice, its name, the panel, a function or nothing, and which of its
# words, or of the panel's, become which.
cat >"$work/wrong" <<'END'
1|the other end of an interval|overview 2 A||asr_ci_low|asr_ci_high
3|a choice that does nothing|carriers 4 A|| and coalesce(queue, '(none)') in ($queue)|
1|an hour too many|overview 7 A||hour < $__timeTo|hour <= $__timeTo
1|days of another zone|overview 12 A||at time zone z.value|at time zone 'UTC'
1|shares of the whole|carriers 2 A||over (partition by carrier)|over ()
1|what did not change, too|recomputed 9 A||  and recategorised > 0|
1|an answer for a contact|recomputed 10 A||now_low|naive
1|ASR of bids|overview 2 A|kpi_between|cdr.percent(s.answered, s.seizures) as asr|cdr.percent(s.answered, s.bids) as asr
1|what may be a machine is a person|overview 14 A|kpi_between|cdr.percent(s.persons, s.seizures)|cdr.percent(s.persons_high, s.seizures)
1|ACD of all calls|overview 4 A|kpi_between|nullif(s.bill_n, 0)|nullif(s.n, 0)
1|the flow is a person|contact 2 A|inbound_between|m.n - m.by_agent|m.n - m.answered
1|a race that was lost is missed|contact 11 A|agent_between|not p.answered and not p.elsewhere|not p.answered
1|returned at any time|contact 8 A|missed_between|and m.met_at < m.started_at + horizon|
1|called twice is not again|contact 9 A|callers_between|n.calls > 1|n.calls > 2
1|contacts after success|contact 12 A|contact_between|where o.before = 0|where true
1|calls never end|trunks 1 A|concurrency_between|s.ends_at, -1|s.ends_at, 0
1|calls billed by carriers|trunks 4 A|minutes_between|m.unit = 'attempt'|m.unit = 'call'
1|a machine is a person|trunks 6 A|destinations_between|count(*) filter (where u.answered) as answered|count(*) as answered
3|half the period before|overview 18 A|compared_between|'before', (first_at - (end_at - first_at))|'before', (first_at - (end_at - first_at) / 2)
END

# Everything in one session: all panels in every choice, and what is wrong with one of them.
number=0
{
  printf '\\i %s\n' $here/panels_facts.sql
  while IFS= read -r choice; do
    number=$((number + 1))
    jq -r '"\\echo choice|" + .name' <<<"$choice"
    against "$choice" /dev/null
    against "$choice" "$work/panels"
    while IFS='|' read -r where name panel function old new; do
      [ "$where" = $number ] || continue
      printf '\\echo wrong|%s\nbegin;\n' "$name"
      if [ -n "$function" ]; then
        # shellcheck disable=SC2016 # dollars of SQL
        printf 'select pg_temp.change($n$cdr.%s$n$, $o$%s$o$, $w$%s$w$);\n' "$function" "$old" "$new"
        changed "$panel" '' '' >"$work/changed"
      else
        changed "$panel" "$old" "$new" >"$work/changed" || bad "$name: the panel has these words" "$old"
      fi
      against "$choice" "$work/changed"
      echo 'rollback;'
    done <"$work/wrong"
  done <"$work/choices"
} >"$work/script"
psql -XAtq -v ON_ERROR_STOP=1 -f "$work/script" >"$work/out" 2>"$work/err" || bad 'all panels are compared' "$(cat "$work/err")"

compared=0 choice='' wrong=''
while IFS='|' read -r name differing rows example; do
  case $name in
    '') ;;
    choice) choice=$differing wrong='' ;;
    wrong) wrong=$differing ;;
    *)
      if [ -n "$wrong" ]; then
        check "it shows: $wrong" test "$differing" -gt 0
      elif [ "$differing" = 0 ]; then
        compared=$((compared + 1))
        good
      else
        bad "$choice: $name" "$differing of $rows rows: $example"
      fi
      ;;
  esac
done <"$work/out"
equal 'every panel was compared in every choice' $(($(wc -l <"$work/panels") * $(wc -l <"$work/choices"))) "$compared"
equal 'all that is wrong was tried' "$(wc -l <"$work/wrong")" "$(grep -c '^wrong|' "$work/out")"
finish
