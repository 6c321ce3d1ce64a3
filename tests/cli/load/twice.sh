#!/usr/bin/env bash
# The demo's two weeks: loading them twice is loading them once, the statistics are what
# a GROUP BY over calls and attempts says, and check foretells what load reports.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
demo=tests/samples/demo

# The report without what only a database has; verdict and inserted must agree.
foretold() { jq -S '.files | map(del(.verdict) | .name |= split("/")[-1])'; }

fresh_db
exits 'first load' 0 --json --tz Europe/Kyiv load "$demo"
cp "$work/out" "$work/load.json"
equal 'every file is loaded' '["loaded"]' "$(jq -c '[.files[].verdict] | unique' "$work/load.json")"
before=$(digest)

exits 'second load' 0 --json --tz Europe/Kyiv load "$demo"
equal 'every file is known' '["already_loaded"]' "$(jq -c '[.files[].verdict] | unique' "$work/out")"
equal 'the second load changes nothing' "$before" "$(digest)"

# The same calls in other bytes: the ledger cannot help, the keys do.
mkdir "$work/again"
for file in "$demo"/*.gz; do
  { gzip -dc "$file"; echo; } >"$work/again/$(basename "$file" .gz)"
done
exits 'the same calls in other files' 0 --json --tz Europe/Kyiv load "$work/again"
equal 'all legs were known' '0 0' "$(jq -r '[.files[].inserted] + [.files[].updated] | add' "$work/out") 0"
equal 'other files change nothing' "$before" "$(digest)"

# One day is there in two forms: the second one brings what the first one has, which a check
# of an empty database does not know.
others='.files |= map(select(.name | test("history-2026-06-10") | not))'
exits 'check' 0 --json --tz Europe/Kyiv check "$demo"/*.gz
equal 'check foretells load' "$(jq "$others" "$work/load.json" | foretold)" "$(jq "$others" "$work/out" | foretold)"
equal 'the other form of a day is the same legs' '0 640' \
  "$(jq -r '.files[] | select(.name | test("history-2026-06-10")) | "\(.inserted) \(.updated + .unchanged)"' "$work/load.json")"

for unit in call attempt; do
  # Every count of stat_hour, by its whole key, against the rows it was made of.
  wrong=$(sql "
    with rows as (
      select date_trunc('hour', started_at, 'UTC') as hour, domain, provider, gateway, direction, queue,
        category, confidence, hangup_cause, sip_code, count(*) as n
      from cdr.$unit group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    stat as (
      select hour, domain, provider, gateway, direction, queue, category, confidence, hangup_cause, sip_code,
        sum(n) as n
      from cdr.stat_hour where unit = '$unit' group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    select count(*) from
      ((select * from rows except select * from stat) union all (select * from stat except select * from rows)) d")
  equal "stat_hour of ${unit}s is the GROUP BY" 0 "$wrong"
  check "there are ${unit}s" test "$(sql "select count(*) from cdr.$unit")" -gt 0
done
finish
