-- What trunks carried in a period, and where to.

-- name: minutes_between
-- Minutes of a period.  What a carrier bills is the attempts' part, what people spent the
-- calls'.  Seconds are summed, and made minutes last.
create function cdr.minutes_between(period_from timestamptz, period_to timestamptz, bucket text default 'all',
        keyed_by text default 'all', only_carriers text[] default null,
        only_gateways text[] default null, only_directions text[] default null, only_queues text[] default null,
        only_domains text[] default null)
    returns table (at timestamptz, key text, calls numeric, attempts numeric, carrier_minutes numeric, call_minutes numeric,
        talk_minutes numeric, hold_minutes numeric, wait_minutes numeric)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if bucket not in ('all', 'hour', 'day') or keyed_by not in ('all', 'carrier', 'gateway', 'direction', 'queue', 'domain') then
        raise exception 'no minutes by % and %', bucket, keyed_by;
    end if;
    return query
    select
        case bucket when 'hour' then m.hour when 'day' then date_trunc('day', m.hour, zone) end,
        case keyed_by
            when 'carrier' then m.carrier
            when 'gateway' then m.gateway
            when 'direction' then m.direction
            when 'queue' then m.queue
            when 'domain' then m.domain
        end,
        coalesce(sum(m.n) filter (where m.unit = 'call'), 0),
        coalesce(sum(m.n) filter (where m.unit = 'attempt'), 0),
        round(coalesce(sum(m.bill_seconds) filter (where m.unit = 'attempt'), 0) / 60.0, 1),
        round(coalesce(sum(m.bill_seconds) filter (where m.unit = 'call'), 0) / 60.0, 1),
        round(coalesce(sum(m.talk_seconds) filter (where m.unit = 'call'), 0) / 60.0, 1),
        round(coalesce(sum(m.hold_seconds) filter (where m.unit = 'call'), 0) / 60.0, 1),
        round(coalesce(sum(m.wait_seconds) filter (where m.unit = 'call'), 0) / 60.0, 1)
    from cdr.stat_parts(period_from, period_to, bucket = 'hour') g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    where
        -- include rules/measure_only
    group by 1, 2;
end
$$;

comment on function cdr.minutes_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) is
    'Minutes of the hours that begin in [from, to): billed by attempts (what carriers count) and by calls, of talk, hold and waiting; by hour or day, and by carrier, gateway, direction, queue or domain.';

revoke all on function cdr.minutes_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) from public;
grant execute on function cdr.minutes_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) to cdretl_loader, cdretl_dashboard;

-- name: concurrency_between
-- How many calls go on at once.  Starts and ends are put in order and counted up and down,
-- trunk by trunk, and over all calls where the trunk is null; of several at one instant only
-- what they come to counts.  What stays the same between two instants is cut at the hours where
-- something goes on, so it counts in each that it lies in; a trunk costs no hour that it rests.
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
        -- A call of no length begins in an hour where perhaps no other does.
        select s.gateway, date_trunc('hour', s.at, 'UTC'), 0 from spans s where s.ends_at <= s.at and s.at >= first_hour
    ), counted as (
        select e.gateway, e.at,
            sum(e.step) over in_order as active,
            coalesce(lead(e.at) over in_order, end_hour) as next_at
        from events e
        window in_order as (partition by e.gateway order by e.at rows unbounded preceding)
    ), pieces as (
        select c.gateway, h.hour, c.active, greatest(c.at, h.hour) as at,
            least(c.next_at, h.hour + interval '1 hour') as next_at
        from counted c
        cross join lateral generate_series(
            date_trunc('hour', greatest(c.at, first_hour), 'UTC'),
            case when c.active > 0 then c.next_at - interval '1 microsecond' else c.at end,
            interval '1 hour') as h (hour)
        where c.next_at > greatest(c.at, first_hour)
    ), peaks as (
        select p.gateway, p.hour, max(p.active) as peak,
            (array_agg(p.at order by p.active desc, p.at))[1] as peak_at,
            sum(p.active * extract(epoch from p.next_at - p.at)::numeric) as busy_seconds
        from pieces p
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
    ), hours as (
        -- Put side by side by GROUP BY, to which an absent trunk is one like the others.
        select p.hour, p.gateway, p.peak, p.peak_at, p.busy_seconds,
            null::bigint as begun, null::bigint as busiest, null::timestamptz as busiest_at
        from peaks p
        union all
        select m.hour, m.gateway, null, null, null, m.begun, m.busiest, m.busiest_at
        from minutes m
    )
    select h.hour, h.gateway, coalesce(max(h.peak), 0)::bigint, max(h.peak_at), coalesce(max(h.begun), 0),
        coalesce(max(h.busiest), 0), max(h.busiest_at), round(coalesce(max(h.busy_seconds), 0), 1)
    from hours h
    group by 1, 2
    having max(h.peak) > 0 or max(h.begun) > 0;
end
$$;

comment on function cdr.concurrency_between(timestamptz, timestamptz) is
    'Hour by hour (UTC), of each trunk and where it is null of all calls: most at once and when, how many began, most in a minute and when, seconds of use. Reads legs: ask for weeks, not for years.';

revoke all on function cdr.concurrency_between(timestamptz, timestamptz) from public;
grant execute on function cdr.concurrency_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: destinations_between
-- Attempts by whom the called numbers were given to: operator, country, or prefix of
-- mappings/prefixes.json.  Numbers are cut to as many digits as a prefix has before they are
-- looked up, so that few are.
create function cdr.destinations_between(period_from timestamptz, period_to timestamptz, keyed_by text default 'operator')
    returns table (country text, operator text, prefix text, kind text, attempts bigint, seizures bigint, answered bigint,
        persons bigint, machines bigint, asr numeric, asr_n bigint, asr_ci_low numeric, asr_ci_high numeric,
        minutes numeric, acd numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    longest integer := (select coalesce(max(length(n.prefix)), 1) from cdr.number_prefix n);
begin
    if keyed_by not in ('operator', 'country', 'prefix') then
        raise exception 'no destinations by %', keyed_by;
    end if;
    return query
    with legs as not materialized (
        -- include rules/legs_of_period
    ), all_attempts as not materialized (
        -- include rules/attempts
    ), heads as materialized (
        select left(u.destination_e164, longest) as head,
            count(*) as attempts,
            count(*) filter (where u.answered
                or u.category = any (array(select k.category from cdr.category k where k.is_seizure))) as seizures,
            count(*) filter (where u.answered) as answered,
            count(*) filter (where
                -- include rules/is_person
            ) as persons,
            count(*) filter (where u.answered
                and u.category = any (array(select k.category from cdr.category k where k.is_machine))) as machines,
            sum(u.bill_seconds) filter (where u.answered) as bill_seconds,
            count(u.bill_seconds) filter (where u.answered) as bill_n
        from all_attempts u
        where u.started_at >= period_from and u.started_at < period_to
        group by 1
    ), named as (
        select h.*, coalesce(n.country, case when h.head is null then '(unknown number)' else '(other country)' end) as country,
            n.operator, n.prefix, n.kind
        from heads h
        left join lateral (
            select f.*
            from cdr.number_prefix f
            where left(h.head, length(f.prefix)) = f.prefix
            order by length(f.prefix) desc
            limit 1
        ) n on true
    )
    select s.country, s.operator, s.prefix, s.kind, s.attempts::bigint, s.seizures::bigint, s.answered::bigint,
        s.persons::bigint, s.machines::bigint, cdr.percent(s.answered, s.seizures), s.seizures::bigint,
        cdr.wilson_low(s.answered, s.seizures), cdr.wilson_high(s.answered, s.seizures),
        round(coalesce(s.bill_seconds, 0) / 60.0, 1), round(s.bill_seconds / nullif(s.bill_n, 0), 1)
    from (
        select n.country,
            case when keyed_by <> 'country' then n.operator end as operator,
            case keyed_by when 'prefix' then n.prefix end as prefix,
            case when keyed_by <> 'country' then n.kind end as kind,
            sum(n.attempts) as attempts, sum(n.seizures) as seizures, sum(n.answered) as answered,
            sum(n.persons) as persons, sum(n.machines) as machines,
            sum(n.bill_seconds) as bill_seconds, sum(n.bill_n) as bill_n
        from named n
        group by 1, 2, 3, 4
    ) s;
end
$$;

comment on function cdr.destinations_between(timestamptz, timestamptz, text) is
    'Attempts of [from, to) by the operator, country or prefix of the called number. An operator is the one whom the numbering plan gave the number: it may have been carried to another since. Reads legs.';

revoke all on function cdr.destinations_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.destinations_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;

-- name: delays_between
-- Percentiles cannot be added up, so these are read from the legs of the period.  The
-- function reads them with its owner's rights and gives nobody's number away.
create function cdr.delays_between(period_from timestamptz, period_to timestamptz)
    returns table (provider text, carrier text, pdd_n bigint, pdd_median numeric, pdd_p95 numeric,
        pgad_n bigint, pgad_median numeric, pgad_p95 numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select
        d.provider,
        d.carrier,
        count(d.pdd),
        round((percentile_cont(0.5) within group (order by d.pdd))::numeric, 1),
        round((percentile_cont(0.95) within group (order by d.pdd))::numeric, 1),
        count(d.pgad),
        round((percentile_cont(0.5) within group (order by d.pgad))::numeric, 1),
        round((percentile_cont(0.95) within group (order by d.pgad))::numeric, 1)
    from (
        select
            u.provider,
            coalesce(p.name, u.provider, u.gateway, '(none)') as carrier,
            u.pdd_seconds as pdd,
            case when u.answered and u.duration >= u.bill_seconds then u.duration - u.bill_seconds end as pgad
        from cdr.attempts_between(period_from, period_to) u
        left join cdr.provider p on p.provider = u.provider
    ) d
    group by 1, 2;
end
$$;

comment on function cdr.delays_between(timestamptz, timestamptz) is
    'Post dial delay and answer delay by carrier over [from, to): sample, median, 95th percentile. Reads legs: ask for days, not for years.';

revoke all on function cdr.delays_between(timestamptz, timestamptz) from public;
grant execute on function cdr.delays_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
