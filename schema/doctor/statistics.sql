-- Are yesterday's statistics what counting its legs gives?  A row a finding.
with zone as (
    select value as name from cdr.setting where setting = 'zone'
), day as (
    select
        date_trunc('day', now() at time zone z.name) - interval '1 day' as day,
        (date_trunc('day', now() at time zone z.name) - interval '1 day') at time zone z.name as starts_at,
        date_trunc('day', now() at time zone z.name) at time zone z.name as ends_at
    from zone z
), counted as (
    select h.*
    from day d
    cross join lateral cdr.hours_between(date_trunc('hour', d.starts_at, 'UTC'), date_trunc('hour', d.ends_at, 'UTC')) h
), stored as (
    select s.*
    from day d
    join cdr.stat_hour s on s.hour >= date_trunc('hour', d.starts_at, 'UTC') and s.hour < date_trunc('hour', d.ends_at, 'UTC')
), differing as (
    (select * from counted except all select * from stored)
    union all
    (select * from stored except all select * from counted)
)
select x.rows = 0 as is_well,
    case when x.rows = 0 then 'of ' || to_char(d.day, 'YYYY-MM-DD') || ' they are what its legs come to'
        else 'of ' || to_char(d.day, 'YYYY-MM-DD') || ' they are not what its legs come to: ' || x.rows || ' rows differ' end as finding,
    format('`cdretl recount --from %1$s --to %2$s --repair`', to_char(d.day, 'YYYY-MM-DD'), to_char(d.day + interval '1 day', 'YYYY-MM-DD')) as remedy
from day d
cross join (select count(*) as rows from differing) x
