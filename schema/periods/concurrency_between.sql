-- How many calls go on at once.  Starts and ends are put in order and counted up and down,
-- trunk by trunk, and over all calls where the trunk is null; an end counts before a start of
-- the same instant.  A marker stands at the beginning of every hour, so that what goes on
-- over it counts there, and no stretch between two events lies in two hours.
--
-- Peaks cannot be added up; the greatest of several hours is theirs.  Costs a sort of twice
-- the legs.
create function cdr.concurrency_between(period_from timestamptz, period_to timestamptz)
    returns table (hour timestamptz, gateway text, peak bigint, peak_at timestamptz, begun bigint, busiest_minute bigint,
        busiest_minute_at timestamptz, busy_seconds numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    -- Whole hours, as far as anything is known.
    first_hour timestamptz := greatest(date_trunc('hour', period_from, 'UTC'), (select min(s.hour) from cdr.stat_hour s));
    end_hour timestamptz := least(period_to, (select max(s.hour) + interval '1 hour' from cdr.stat_hour s));
begin
    return query
    with spans as materialized (
        select l.gateway, l.started_at as at,
            coalesce(l.ended_at, l.started_at + coalesce(l.duration, 0) * interval '1 second') as ends_at
        from cdr.leg l
        where l.gateway is not null and l.started_at >= cdr.call_reach_before(first_hour) and l.started_at < end_hour
        union all
        select null, min(l.started_at),
            max(coalesce(l.ended_at, l.started_at + coalesce(l.duration, 0) * interval '1 second'))
        from cdr.leg l
        where l.started_at >= cdr.call_reach_before(first_hour) and l.started_at < end_hour
        group by l.call_key
    ), events as (
        select s.gateway, s.at, 1 as step from spans s where s.ends_at > s.at and s.ends_at > first_hour
        union all
        select s.gateway, s.ends_at, -1 from spans s where s.ends_at > s.at and s.ends_at > first_hour and s.ends_at < end_hour
        union all
        select g.gateway, h, 0
        from (select distinct s.gateway from spans s) g
        cross join generate_series(first_hour, end_hour - interval '1 microsecond', interval '1 hour') h
    ), counted as (
        select e.gateway, e.at,
            sum(e.step) over in_order as active,
            coalesce(lead(e.at) over in_order, end_hour) as next_at
        from events e
        window in_order as (partition by e.gateway order by e.at, e.step rows unbounded preceding)
    ), peaks as (
        select c.gateway, date_trunc('hour', c.at, 'UTC') as hour, max(c.active) as peak,
            (array_agg(c.at order by c.active desc, c.at))[1] as peak_at,
            sum(c.active * extract(epoch from c.next_at - c.at)::numeric) as busy_seconds
        from counted c
        where c.at >= first_hour
        group by 1, 2
    ), minutes as (
        select m.gateway, date_trunc('hour', m.minute, 'UTC') as hour, sum(m.begun)::bigint as begun, max(m.begun) as busiest,
            (array_agg(m.minute order by m.begun desc, m.minute))[1] as busiest_at
        from (
            select s.gateway, date_trunc('minute', s.at, 'UTC') as minute, count(*) as begun
            from spans s
            where s.at >= first_hour
            group by 1, 2
        ) m
        group by 1, 2
    )
    select p.hour, p.gateway, p.peak::bigint, p.peak_at, coalesce(m.begun, 0), coalesce(m.busiest, 0), m.busiest_at,
        round(p.busy_seconds, 1)
    from peaks p
    left join minutes m on m.gateway is not distinct from p.gateway and m.hour = p.hour
    where p.peak > 0 or m.begun > 0;
end
$$;

comment on function cdr.concurrency_between(timestamptz, timestamptz) is
    'Hour by hour (UTC), of each trunk and where it is null of all calls: most at once and when, how many began, most in a minute and when, seconds of use. Reads legs: ask for weeks, not for years.';

revoke all on function cdr.concurrency_between(timestamptz, timestamptz) from public;
grant execute on function cdr.concurrency_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
