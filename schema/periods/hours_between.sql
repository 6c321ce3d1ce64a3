create function cdr.hours_between(period_from timestamptz, period_to timestamptz)
    returns setof cdr.stat_hour
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
declare
    -- include rules/period_reach
begin
    if far_starts = '{}' then
        return query
        with legs as not materialized (
            -- include rules/near_legs
        ),
        -- include rules/hours_of_legs
        ;
    else
        return query
        with legs as not materialized (
            -- include rules/far_legs
        ),
        -- include rules/hours_of_legs
        ;
    end if;
end
$$;

comment on function cdr.hours_between(timestamptz, timestamptz) is
    'What cdr.stat_hour must hold for the hours of [from, to), counted anew from the legs.';

revoke all on function cdr.hours_between(timestamptz, timestamptz) from public;
grant execute on function cdr.hours_between(timestamptz, timestamptz) to cdretl_loader;
