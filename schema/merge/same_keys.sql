-- How many legs are staged as they are stored, and by no row otherwise?
select count(distinct s.leg_key)
from pg_temp.same_row s
where not exists (select 1 from pg_temp.conflict c where c.leg_key = s.leg_key);
