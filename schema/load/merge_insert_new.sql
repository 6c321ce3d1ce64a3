-- Legs that nobody told before.
insert into cdr.leg
select * from pg_temp.stage s
where not exists (select from pg_temp.crowd c where c.leg_key = s.leg_key);
