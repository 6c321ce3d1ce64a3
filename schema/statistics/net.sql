-- The difference, group by group, where there is one.
insert into pg_temp.net
select
    -- include rules/stat_keys
    ,
    -- include rules/stat_counts
    , basis
from (
    select
        -- include rules/stat_keys
        ,
        -- include rules/stat_sums
        , max(basis) as basis
    from pg_temp.delta
    group by
        -- include rules/stat_keys
) s
where 0 <> any (array[
    -- include rules/stat_counts
]);
