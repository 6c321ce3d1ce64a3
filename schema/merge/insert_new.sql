-- Legs of which no other row tells.
insert into cdr.leg
select * from pg_temp.stage s
where not exists (select 1 from pg_temp.conflict c where c.leg_key = s.leg_key);
