-- On Citus: the months of cdr.leg that end by $1 and are stored as they came; what they take.
select to_char(m.month, 'YYYY-MM') as month, m.month as first_day, m.bytes, pg_size_pretty(m.bytes) as size
from (
    select to_date(substr(c.relname, 5), 'YYYYMM') as month, citus_total_relation_size(c.oid) as bytes
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
    join pg_am a on a.oid = c.relam
    where i.inhparent = 'cdr.leg'::regclass and c.relname ~ '^leg_[0-9]{6}$' and a.amname = 'heap'
) m
where (m.month + interval '1 month') at time zone 'UTC' <= $1::timestamptz
order by m.month;
