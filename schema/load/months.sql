-- Which months of cdr.leg there are: year, and month from 0.  A partition's
-- name tells; they are all made by cdr.add_month().
select substr(c.relname, 5, 4)::integer, substr(c.relname, 9, 2)::integer - 1
from pg_inherits i
join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'cdr.leg'::regclass and c.relname ~ '^leg_[0-9]{6}$';
