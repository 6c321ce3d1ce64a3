-- Drop a month ($1, its first day), for run $2.  No row: somebody reads legs.
select legs, bytes, tellings, changes, texts, cut_calls
from cdr.purge_month($1::date, $2::integer);
