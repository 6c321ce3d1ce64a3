-- Outbound calls until a person answers: of the numbers that were called a first, a second
-- ... time without success before, how many were reached then.  The tenth row is the tenth
-- call and all behind it.
create function cdr.contact_between(period_from timestamptz, period_to timestamptz)
    returns table (attempt integer, numbers bigint, reached bigint, reached_share numeric, reached_share_n bigint,
        reached_share_ci_low numeric, reached_share_ci_high numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    return query
    with legs as not materialized (
        -- include rules/legs_of_period
    ), calls as not materialized (
        -- include rules/calls
    ), seen as materialized (
        select u.call_key, u.started_at, cdr.number_key(u.destination_e164, u.destination) as number,
            -- include rules/is_person
            as is_contact
        from calls u
        where u.direction = 'outbound' and u.started_at >= period_from and u.started_at < period_to
    ), in_order as (
        select s.number, s.is_contact,
            least(row_number() over (partition by s.number order by s.started_at, s.call_key), 10)::integer as attempt,
            count(*) filter (where s.is_contact) over (partition by s.number order by s.started_at, s.call_key
                rows between unbounded preceding and 1 preceding) as before
        from seen s
        where s.number is not null
    ), counted as (
        select o.attempt, count(distinct o.number) as numbers, count(*) filter (where o.is_contact) as reached
        from in_order o
        where o.before = 0
        group by o.attempt
    )
    select c.attempt, c.numbers, c.reached, cdr.percent(c.reached, c.numbers), c.numbers,
        cdr.wilson_low(c.reached, c.numbers), cdr.wilson_high(c.reached, c.numbers)
    from counted c;
end
$$;

comment on function cdr.contact_between(timestamptz, timestamptz) is
    'Outbound calls of [from, to) until contact: how many numbers were called a first, second ... tenth time without success before, and how many of them a person answered then. Reads legs.';

revoke all on function cdr.contact_between(timestamptz, timestamptz) from public;
grant execute on function cdr.contact_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
