-- Drop a month ($1, its first day), for run $2.  No row: somebody reads legs.
select legs, bytes, versions, changes, texts, truncated_calls
from cdr.purge_month($1::date, $2::integer);
