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
psql -Xq -v ON_ERROR_STOP=1 -v legs="$legs" <<'END' || exit 1
-- A year of statistics as LEGS legs make them, in the shapes of the demo's two weeks
-- (which must be loaded), and one month of legs for the panels that look a call up.
-- The year ends with the demo's last month.
\set ON_ERROR_STOP on
set synchronous_commit = off;

create temp table shape as
select unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause, sip_code, disposition,
    alternatives, naive_category, sum(n) as n, sum(answered) as answered, sum(delivered_low) as delivered_low,
    sum(delivered_high) as delivered_high, sum(short) as short, sum(rang) as rang, sum(duration) as duration,
    sum(bill_seconds) as bill_seconds, sum(talk_seconds) as talk_seconds, sum(early_media_seconds) as early_media_seconds,
    sum(ring_seconds) as ring_seconds, sum(ring_n) as ring_n, sum(setup_seconds) as setup_seconds, sum(setup_n) as setup_n,
    sum(wait_seconds) as wait_seconds, sum(wait_n) as wait_n, sum(hold_seconds) as hold_seconds, sum(by_agent) as by_agent,
    sum(served_in_time) as served_in_time, sum(left_soon) as left_soon, sum(legs) as legs
from cdr.stat_hour
group by unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause, sip_code, disposition,
    alternatives, naive_category;

truncate cdr.stat_hour;
-- Every shape in every hour: more rows than life would make.  FACTOR scales the counts.
insert into cdr.stat_hour (hour, unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause, sip_code,
    disposition, alternatives, naive_category, n, answered, delivered_low, delivered_high, short, rang, duration, bill_seconds,
    talk_seconds, early_media_seconds, ring_seconds, ring_n, setup_seconds, setup_n, wait_seconds, wait_n, hold_seconds, by_agent,
    served_in_time, left_soon, legs)
select h, s.unit, s.domain, s.provider, s.gateway, s.direction, s.queue, s.category, s.confidence, s.hangup_cause, s.sip_code,
    s.disposition, s.alternatives, s.naive_category, ceil(s.n * f), ceil(s.answered * f), ceil(s.delivered_low * f),
    ceil(s.delivered_high * f), ceil(s.short * f), ceil(s.rang * f), ceil(s.duration * f), ceil(s.bill_seconds * f),
    ceil(s.talk_seconds * f), ceil(s.early_media_seconds * f), ceil(s.ring_seconds * f), ceil(s.ring_n * f),
    ceil(s.setup_seconds * f), ceil(s.setup_n * f), ceil(s.wait_seconds * f), ceil(s.wait_n * f), ceil(s.hold_seconds * f),
    ceil(s.by_agent * f), ceil(s.served_in_time * f), ceil(s.left_soon * f), ceil(s.legs * f)
from generate_series('2025-07-01 00:00+00'::timestamptz, '2026-06-30 23:00+00', '1 hour') h
cross join shape s
cross join (select :legs / 8760.0 / (select sum(legs) from shape where unit = 'call') as f) f;

-- The month that is looked at, leg by leg, each a call of its own.
select count(cdr.add_month('2026-06-01')) as months \gset
truncate cdr.leg;
insert into cdr.leg (leg_key, call_key, side, started_at, direction, caller, destination, gateway, provider, duration, bill_seconds,
    hangup_cause, sip_code, answered, category, confidence, alternatives, naive_category, rule_id, evidence_hash)
select k, k, 'a', '2026-06-01 00:00+00'::timestamptz + i * (interval '30 days' / (:legs / 12)), 'outbound', '380441234567',
    '3805' || 10000000 + i, s.gateway, s.provider, i % 90, case when s.answered > 0 then i % 60 else 0 end, s.hangup_cause,
    s.sip_code, s.answered > 0, s.category, s.confidence, s.alternatives, s.naive_category, 'general.rule', i
from generate_series(1, :legs / 12) i
cross join lateral (select md5('leg' || i)::uuid as k) k
join (select row_number() over () - 1 as place, count(*) over () as places, * from shape where unit = 'attempt') s
    on s.place = i % s.places;
vacuum analyze cdr.stat_hour;
vacuum analyze cdr.leg;
END
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
