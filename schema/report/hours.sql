-- When people answer: weekday (1 is Monday) by hour of the day.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select
    extract(isodow from k.at at time zone p.zone)::integer as weekday,
    extract(hour from k.at at time zone p.zone)::integer as hour,
    k.seizures as n, k.person_low as value, k.person_ci_low as low, k.person_ci_high as high
from period p
cross join lateral cdr.kpi_between(p.starts_at, p.ends_at, 'attempt', 'week_hour') k
order by 1, 2
