-- Legs that are staged more than once.
insert into pg_temp.conflict
select leg_key from pg_temp.stage
group by leg_key
having count(*) > 1
on conflict do nothing;
