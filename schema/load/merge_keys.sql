-- How many legs were staged?
select count(*) from (select from pg_temp.stage group by leg_key) k;
