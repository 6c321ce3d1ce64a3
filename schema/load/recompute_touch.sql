-- The calls they belong to.
insert into pg_temp.touched
select distinct call_key, floor(extract(epoch from started_at) / 3600)::bigint
from pg_temp.merged;
