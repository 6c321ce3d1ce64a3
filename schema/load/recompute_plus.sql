-- What they count for now.
insert into pg_temp.delta
select * from pg_temp.hours_between('-infinity', 'infinity');
