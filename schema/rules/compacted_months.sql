-- Months whose legs are stored by columns: no row of theirs can change.
select to_date(substr(c.relname, 5), 'YYYYMM') as month
from pg_catalog.pg_inherits i
join pg_catalog.pg_class c on c.oid = i.inhrelid
join pg_catalog.pg_am a on a.oid = c.relam
where i.inhparent = 'cdr.leg'::regclass and c.relname ~ '^leg_[0-9]{6}$' and a.amname <> 'heap'
