-- The share of attempts that a person answered, by day (of one day: by hour), with its
-- interval, and what the network counts as answered.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select to_char(k.at at time zone p.zone, p.slot) as at, k.person_low as value, k.person_ci_low as low, k.person_ci_high as high,
    k.asr as tick, k.seizures as n
from period p
cross join lateral cdr.kpi_between(p.starts_at, p.ends_at, 'attempt', p.bucket) k
order by k.at
