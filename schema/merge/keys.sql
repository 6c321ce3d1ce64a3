-- How many legs were staged?
select count(*) from (select leg_key from pg_temp.stage group by leg_key) k;
