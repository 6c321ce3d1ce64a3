-- Where the legs that are new, or change, will be.
insert into pg_temp.dirty_hour
select s.call_key, floor(extract(epoch from s.started_at) / 3600)::bigint
from pg_temp.stage s
where not exists (select 1 from pg_temp.conflict c where c.leg_key = s.leg_key)
union
select call_key, floor(extract(epoch from started_at) / 3600)::bigint
from pg_temp.merged;
