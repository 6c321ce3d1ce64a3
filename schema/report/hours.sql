-- When people answer: weekday (1 is Monday) by hour of the day.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select
    extract(isodow from k.at at time zone p.zone)::integer as weekday,
    extract(hour from k.at at time zone p.zone)::integer as hour,
    k.seizures, k.answered, k.asr, k.asr_ci_low, k.asr_ci_high
from period p
cross join lateral cdr.kpi_between(p.starts_at, p.ends_at, $3, 'week_hour') k
order by 1, 2
