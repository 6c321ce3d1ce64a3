-- The most calls at once and in a minute, by trunk and in all.  $1 beginning, $2 end
-- (instants; null: open).
with period as (
    -- include rules/period
), hourly as materialized (
    select p.zone, c.*
    from period p
    cross join lateral cdr.concurrency_between(p.starts_at, p.ends_at) c
)
select coalesce(h.gateway, '(all calls)') as key, max(h.peak) as peak,
    (array_agg(to_char(h.peak_at at time zone h.zone, 'YYYY-MM-DD HH24:MI:SS') order by h.peak desc, h.peak_at))[1] as peak_at,
    sum(h.begun) as begun, max(h.busiest_minute) as busiest_minute,
    (array_agg(to_char(h.busiest_minute_at at time zone h.zone, 'YYYY-MM-DD HH24:MI') order by h.busiest_minute desc, h.busiest_minute_at))[1]
        as busiest_minute_at,
    round(sum(h.busy_seconds) / 3600, 1) as busy_hours
from hourly h
group by h.gateway
order by h.gateway is not null, 2 desc, 1
