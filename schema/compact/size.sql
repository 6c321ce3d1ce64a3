-- On Citus: what the month that begins on $1 takes.
select s.bytes, pg_size_pretty(s.bytes) as size
from citus_total_relation_size(('cdr.leg_' || to_char($1::date, 'YYYYMM'))::regclass) s (bytes);
