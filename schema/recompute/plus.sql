-- What they count for now.
insert into pg_temp.delta
with legs as not materialized (
    select * from pg_temp.call_leg
), calls as not materialized (
    -- include rules/calls
), attempts as not materialized (
    -- include rules/attempts
), hours as (
    -- include rules/hours
)
select h.*, 1 from hours h;
