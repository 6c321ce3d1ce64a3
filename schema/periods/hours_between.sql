create function cdr.hours_between(period_from timestamptz, period_to timestamptz)
    returns setof cdr.stat_hour
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
declare
    first_leg timestamptz := cdr.call_reach_before(period_from);
    next_leg timestamptz := cdr.call_reach_after(period_to);
    far_keys uuid[] := array(
        select distinct f.call_key from cdr.far_call f where f.started_at >= first_leg and f.started_at < next_leg);
    far_starts timestamptz[] := array(
        select f.started_at from cdr.far_call f
        where f.call_key = any (far_keys) and (f.started_at < first_leg or f.started_at >= next_leg));
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
