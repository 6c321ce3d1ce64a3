#!/usr/bin/env bash
# panels.sh - how long every query of every board takes over 30 days of a year of
# LEGS (20,000,000) legs; prints the slowest five.  Ends with 1 when one takes over a
# second.  To be run under scripts/with-pg; takes minutes and some gigabytes.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
legs=${LEGS:-20000000}
grafana=schema/dashboards/grafana

fresh_db
cdretl -q --tz Europe/Kyiv load tests/samples/demo
psql -Xq -v ON_ERROR_STOP=1 -v legs="$legs" -f tests/bench/panels.sql || exit 1
psql -Xq -v reader=bench_reader -f schema/dashboards/reader.sql 2>/dev/null
sql "select 'rows of stat_hour: ' || count(*) || ', legs in them: ' || sum(legs) filter (where unit = 'call') from cdr.stat_hour"

from=2026-06-01T00:00:00Z to=2026-07-01T00:00:00Z
carriers=$(sql "select jsonb_agg(distinct carrier) from cdr.measure_hour where hour >= '2026-06-30'")
categories=$(sql 'select jsonb_agg(category) from cdr.category')
call=$(sql "select call_key from cdr.leg where started_at >= '2026-06-15' order by started_at limit 1")
vars=$(jq -nc --argjson carrier "$carriers" --argjson category "$categories" --arg call "$call" \
  '{carrier: $carrier, category: $category, call: $call, unit: "attempt"}')

# The second of two runs: what a board that refreshes costs.
for board in "$grafana"/dashboards/*.json; do
  while IFS=$'\t' read -r name target; do
    query=$(jq -L tests/dashboards -rs --arg from "$from" --arg to "$to" --argjson vars "$vars" \
      'include "expand"; .[0].rawSql | expanded($vars; $from; $to)' <<<"$target")
    took=$(printf '\\o /dev/null\n%s;\n\\o\n\\timing on\n\\o /dev/null\n%s;\n' "$query" "$query" |
      PGUSER=bench_reader PGOPTIONS='' psql -XAtq -v ON_ERROR_STOP=1 -f - | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p')
    printf '%s\t%s\n' "${took:-failed}" "$(basename "$board" .json) $name"
  done < <(jq -r '.panels[] | select(.targets) | .title as $t | .targets[] | "\($t) \(.refId)\t\(tojson)"' "$board")
done | sort -rn >"$work/times"
echo "the slowest of $(wc -l <"$work/times") queries over 30 days, ms:"
head -n 5 "$work/times"
! grep -q failed "$work/times" && awk '$1 > 1000 { slow = 1 } END { exit slow }' "$work/times"
