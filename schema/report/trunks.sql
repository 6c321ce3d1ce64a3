-- The most calls at once and begun in one minute, by trunk and in all.
-- $1 beginning, $2 end (instants; null: open), $3 "all" in the page's language.
with period as (
    -- include rules/report_days
), busy as (
    select coalesce(c.gateway, $3::text) as gateway, c.gateway is null as is_all, c.peak, c.peak_at, p.zone,
        max(c.busiest_minute) over (partition by c.gateway) as busiest_minute,
        row_number() over (partition by c.gateway order by c.peak desc, c.peak_at) as place
    from period p
    cross join lateral cdr.concurrency_between(p.starts_at, p.ends_at) c
)
select gateway, peak, to_char(peak_at at time zone zone, 'YYYY-MM-DD HH24:MI') as peak_at, busiest_minute
from busy
where place = 1
order by is_all desc, peak desc, gateway
limit 13
