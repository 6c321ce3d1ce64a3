-- Legs that change, in.
insert into cdr.leg select * from pg_temp.merged;
