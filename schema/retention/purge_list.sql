-- The months of cdr.leg that begin before $1, the first one first, and whether they end
-- by then.
select to_char(m.month, 'YYYY-MM') as month,
    (m.month + interval '1 month') at time zone 'UTC' <= $1::timestamptz as is_over
from (
    select to_date(substr(c.relname, 5), 'YYYYMM') as month
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'cdr.leg'::regclass and c.relname ~ '^leg_[0-9]{6}$'
) m
where m.month::timestamp at time zone 'UTC' < $1::timestamptz
order by m.month;
