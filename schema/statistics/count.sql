-- What the calls of pg_temp.call_leg count for: added ($1 = 1), or taken away (-1).
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
select h.*, $1::integer from hours h;
