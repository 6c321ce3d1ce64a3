-- Hours whose statistics change, since 1970.
select distinct floor(extract(epoch from hour) / 3600)::bigint
from pg_temp.net
order by 1;
