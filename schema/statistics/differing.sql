-- Hours of [$1, $2) whose statistics are not what counting their legs gives, since 1970, and
-- how many of their groups differ.  Those of a purged month cannot be counted any more.
with counted as materialized (
    select * from cdr.hours_between($1::timestamptz, $2::timestamptz)
), stored as materialized (
    select * from cdr.stat_hour where hour >= $1::timestamptz and hour < $2::timestamptz
), differing as (
    (select * from counted except all select * from stored)
    union all
    (select * from stored except all select * from counted)
)
select floor(extract(epoch from d.hour) / 3600)::bigint as hour, count(*) as groups
from differing d
where not exists (
    select 1 from cdr.purged_month p
    where d.hour >= p.month::timestamp at time zone 'UTC'
        and d.hour < (p.month + interval '1 month') at time zone 'UTC')
group by d.hour
order by d.hour;
