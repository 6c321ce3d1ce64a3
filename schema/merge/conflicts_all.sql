-- All legs that are staged, to be decided anew.
insert into pg_temp.conflict
select distinct leg_key from pg_temp.stage
on conflict do nothing;
