-- How many legs were told as they are stored, and by no row otherwise?
select count(distinct s.leg_key)
from pg_temp.same s
where not exists (select from pg_temp.crowd c where c.leg_key = s.leg_key);
