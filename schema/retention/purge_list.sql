-- The months of cdr.leg that begin before $1, the first one first, and whether they end
-- by then; also those that have statistics only, for their legs were dropped by others.
select to_char(m.month, 'YYYY-MM') as month,
    (m.month + interval '1 month') at time zone 'UTC' <= $1::timestamptz as is_over
from (
    select to_date(substr(c.relname, 5), 'YYYYMM') as month
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'cdr.leg'::regclass and c.relname ~ '^leg_[0-9]{6}$'
    union
    select g.month::date
    from (select min(hour) as hour from cdr.stat_hour) first
    cross join lateral generate_series(date_trunc('month', first.hour at time zone 'UTC'),
        $1::timestamptz at time zone 'UTC', interval '1 month') g(month)
    where exists (
            select 1 from cdr.stat_hour s
            where s.hour >= g.month at time zone 'UTC' and s.hour < (g.month + interval '1 month') at time zone 'UTC')
        and not exists (select 1 from cdr.purged_month p where p.month = g.month::date)
) m
where m.month::timestamp at time zone 'UTC' < $1::timestamptz
order by m.month;
