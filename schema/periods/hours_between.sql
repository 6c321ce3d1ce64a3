create function cdr.hours_between(period_from timestamptz, period_to timestamptz)
    returns setof cdr.stat_hour
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
begin
    return query
    with legs as not materialized (
        select * from cdr.leg
        where started_at >= cdr.call_reach_before(period_from) and started_at < cdr.call_reach_after(period_to)
    ), all_calls as not materialized (
        -- include rules/calls
    ), calls as not materialized (
        select * from all_calls where started_at >= period_from and started_at < period_to
    ), all_attempts as not materialized (
        -- include rules/attempts
    ), attempts as not materialized (
        select * from all_attempts where started_at >= period_from and started_at < period_to
    )
    -- include rules/hours
    ;
end
$$;

comment on function cdr.hours_between(timestamptz, timestamptz) is
    'What cdr.stat_hour must hold for the hours of [from, to), counted anew from the legs.';

revoke all on function cdr.hours_between(timestamptz, timestamptz) from public;
grant execute on function cdr.hours_between(timestamptz, timestamptz) to cdretl_loader;
