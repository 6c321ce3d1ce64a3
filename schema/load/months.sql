-- Which months of cdr.leg there are, and which were purged: year, month from 0, purged, and
-- whether its rows may change as they are stored.  A partition's name tells; they are all
-- made by cdr.add_month().
select substr(c.relname, 5, 4)::integer as year, substr(c.relname, 9, 2)::integer - 1 as month, false as is_purged,
    a.amname = 'heap' as may_change
from pg_inherits i
join pg_class c on c.oid = i.inhrelid
join pg_am a on a.oid = c.relam
where i.inhparent = 'cdr.leg'::regclass and c.relname ~ '^leg_[0-9]{6}$'
union all
select extract(year from month)::integer, extract(month from month)::integer - 1, true, false
from cdr.purged_month;
