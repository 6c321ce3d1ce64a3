-- What the calls of pg_temp.call_leg count for.
copy (
    with legs as not materialized (
        select * from pg_temp.call_leg
    ), calls as not materialized (
        -- include rules/calls
    ), attempts as not materialized (
        -- include rules/attempts
    ), hours as (
        -- include rules/hours
    )
    select h.* from hours h
) to stdout (format binary);
