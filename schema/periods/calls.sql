-- Calls, attempts and legs of a period.

-- name: calls_between
create function cdr.calls_between(period_from timestamptz, period_to timestamptz)
    returns table (
        call_key uuid, started_at timestamptz, ended_at timestamptz, domain text, direction text,
        caller text, destination text, queue text, agent text, gateway text, provider text,
        legs bigint, is_orphan boolean, answered boolean, answered_by text, category text,
        confidence text, alternatives text[], outcome_group text, ended_by text,
        hangup_cause text, disposition text, sip_code smallint, naive_category text,
        rule_id text, deciding_leg_key uuid, linked_by text, duration integer,
        bill_seconds integer, talk_seconds integer, hold_seconds integer, handling_seconds integer,
        early_media_seconds integer, pdd_seconds integer, ring_seconds integer,
        wait_seconds integer, caller_e164 text, destination_e164 text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
as $$
#variable_conflict use_column
declare
    -- include rules/period_reach
begin
    if far_starts = '{}' then
        return query
        with legs as not materialized (
            -- include rules/near_legs
        ), calls as not materialized (
            -- include rules/calls
        )
        select * from calls c where c.started_at >= period_from and c.started_at < period_to;
    else
        return query
        with legs as not materialized (
            -- include rules/far_legs
        ), calls as not materialized (
            -- include rules/calls
        )
        select * from calls c where c.started_at >= period_from and c.started_at < period_to;
    end if;
end
$$;

comment on function cdr.calls_between(timestamptz, timestamptz) is
    'Calls that start in [from, to), from the legs of a day before to a day after, and those of longer calls. The rule of cdr.call for a period.';

revoke all on function cdr.calls_between(timestamptz, timestamptz) from public;
grant execute on function cdr.calls_between(timestamptz, timestamptz) to cdretl_loader;

-- name: attempts_between
create function cdr.attempts_between(period_from timestamptz, period_to timestamptz)
    returns table (
        leg_key uuid, call_key uuid, side text, started_at timestamptz, answered_at timestamptz,
        ended_at timestamptz, domain text, direction text, caller text, destination text,
        queue text, agent text, gateway text, provider text, answered boolean, category text,
        confidence text, alternatives text[], outcome_group text, ended_by text,
        hangup_cause text, disposition text, sip_code smallint, q850 smallint,
        naive_category text, rule_id text, duration integer, bill_seconds integer,
        talk_seconds integer, early_media_seconds integer, pdd_seconds integer,
        ring_seconds integer,
        wait_seconds integer, hold_seconds integer, destination_e164 text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
as $$
#variable_conflict use_column
declare
    -- include rules/period_reach
begin
    if far_starts = '{}' then
        return query
        with legs as not materialized (
            -- include rules/near_legs
        ), attempts as not materialized (
            -- include rules/attempts
        )
        select * from attempts t where t.started_at >= period_from and t.started_at < period_to;
    else
        return query
        with legs as not materialized (
            -- include rules/far_legs
        ), attempts as not materialized (
            -- include rules/attempts
        )
        select * from attempts t where t.started_at >= period_from and t.started_at < period_to;
    end if;
end
$$;

comment on function cdr.attempts_between(timestamptz, timestamptz) is
    'Attempts that start in [from, to). The rule of cdr.attempt for a period.';

revoke all on function cdr.attempts_between(timestamptz, timestamptz) from public;
grant execute on function cdr.attempts_between(timestamptz, timestamptz) to cdretl_loader;

-- name: hours_between
create function cdr.hours_between(period_from timestamptz, period_to timestamptz)
    returns setof cdr.stat_hour
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
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

-- name: calls_shown
-- Calls for readers who may not see numbers: read with the owner's rights, numbers masked.
-- There is no search by number on purpose: whoever can try numbers and see which one fits
-- has unmasked it.
create function cdr.calls_shown(period_from timestamptz, period_to timestamptz)
    returns table (call_key uuid, started_at timestamptz, direction text, caller text, destination text, queue text,
        agent text, carrier text, legs bigint, answered_by text, category text, confidence text, alternatives text[],
        naive_category text, hangup_cause text, disposition text, sip_code smallint, ended_by text, rule_id text,
        duration integer, bill_seconds integer, ring_seconds integer, wait_seconds integer, gateway text, domain text)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    sees_agents boolean := cdr.sees_agents();
    label_key bytea := (select key from cdr.secret where purpose = 'agent_label');
begin
    return query
    select c.call_key, c.started_at, c.direction, cdr.number_masked(c.caller), cdr.number_masked(c.destination), c.queue,
        case when sees_agents then c.agent else cdr.agent_label(c.agent, label_key) end, coalesce(p.name, c.provider, c.gateway), c.legs, c.answered_by, c.category, c.confidence, c.alternatives,
        c.naive_category, c.hangup_cause, c.disposition, c.sip_code, c.ended_by, c.rule_id,
        c.duration, c.bill_seconds, c.ring_seconds, c.wait_seconds, c.gateway, c.domain
    from cdr.calls_between(period_from, period_to) c
    left join cdr.provider p on p.provider = c.provider;
end
$$;

comment on function cdr.calls_shown(timestamptz, timestamptz) is
    'Calls that start in [from, to), numbers masked. Reads legs: ask for hours, not for months.';

revoke all on function cdr.calls_shown(timestamptz, timestamptz) from public;
grant execute on function cdr.calls_shown(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: legs_shown
-- The legs of one call for readers who may not see numbers, as cdr.calls_shown.
create function cdr.legs_shown(wanted uuid, period_from timestamptz, period_to timestamptz)
    returns table (leg_key uuid, call_key uuid, side text, started_at timestamptz, answered_at timestamptz, ended_at timestamptz,
        direction text, caller text, destination text, agent text, queue text, carrier text, answered boolean,
        category text, confidence text, alternatives text[], naive_category text, ended_by text,
        hangup_cause text, release text, disposition text, sip_code smallint, q850 smallint, q850_implied smallint,
        announcement text, amd_result text, rule_id text, duration integer, bill_seconds integer,
        early_media_seconds integer, ring_seconds integer, linked_by text, file_id integer, line_no bigint, ruleset_id integer)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    sees_agents boolean := cdr.sees_agents();
    label_key bytea := (select key from cdr.secret where purpose = 'agent_label');
    far_starts timestamptz[] := array(select f.started_at from cdr.far_call f where f.call_key = wanted);
begin
    return query
    select l.leg_key, l.call_key, l.side, l.started_at, l.answered_at, l.ended_at,
        l.direction, cdr.number_masked(l.caller), cdr.number_masked(l.destination), case when sees_agents then l.agent else cdr.agent_label(l.agent, label_key) end, l.queue,
        coalesce(p.name, l.provider, l.gateway), l.answered,
        l.category, l.confidence, l.alternatives, l.naive_category, l.ended_by,
        l.hangup_cause, l.release, l.disposition, l.sip_code, l.q850, l.q850_implied,
        l.announcement, l.amd_result, l.rule_id, l.duration, l.bill_seconds,
        l.early_media_seconds, l.ring_seconds, l.linked_by, l.file_id, l.line_no, l.ruleset_id
    from cdr.leg l
    left join cdr.provider p on p.provider = l.provider
    where l.call_key = wanted
        and (l.started_at = any (far_starts)
            or (l.started_at >= cdr.call_reach_before(period_from) and l.started_at < cdr.call_reach_after(period_to)));
end
$$;

comment on function cdr.legs_shown(uuid, timestamptz, timestamptz) is
    'The legs of one call with their evidence, numbers masked; the call starts within a day of [from, to).';

revoke all on function cdr.legs_shown(uuid, timestamptz, timestamptz) from public;
grant execute on function cdr.legs_shown(uuid, timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: days_between
-- What cdr.stat_day must hold: the hours that begin in [from, to), added up by the day of the
-- zone in cdr.setting.  Of whole days it is the whole.
create function cdr.days_between(period_from timestamptz, period_to timestamptz)
    returns setof cdr.stat_day
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    return query
    select date_trunc('day', s.hour, zone), s.unit, s.domain, s.provider, s.gateway, s.direction, s.queue, s.category,
        s.confidence, s.hangup_cause, s.sip_code, s.disposition, s.alternatives, s.naive_category,
        sum(s.n)::bigint, sum(s.answered)::bigint, sum(s.delivered_low)::bigint, sum(s.delivered_high)::bigint,
        sum(s.short)::bigint, sum(s.rang)::bigint, sum(s.duration)::bigint, sum(s.bill_seconds)::bigint,
        sum(s.bill_n)::bigint, sum(s.talk_seconds)::bigint, sum(s.early_media_seconds)::bigint,
        sum(s.pdd_seconds)::bigint, sum(s.pdd_n)::bigint, sum(s.ring_seconds)::bigint, sum(s.ring_n)::bigint,
        sum(s.setup_seconds)::bigint, sum(s.setup_n)::bigint, sum(s.wait_seconds)::bigint, sum(s.wait_n)::bigint,
        sum(s.hold_seconds)::bigint, sum(s.handling_seconds)::bigint, sum(s.handling_n)::bigint,
        sum(s.by_agent)::bigint, sum(s.served_in_time)::bigint, sum(s.left_soon)::bigint, sum(s.legs)::bigint,
        s.basis
    from cdr.stat_hour s
    where s.hour >= period_from and s.hour < period_to
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, s.basis;
end
$$;

comment on function cdr.days_between(timestamptz, timestamptz) is
    'What cdr.stat_day must hold for the hours that begin in [from, to), added up anew.';

revoke all on function cdr.days_between(timestamptz, timestamptz) from public;
grant execute on function cdr.days_between(timestamptz, timestamptz) to cdretl_loader;

-- name: stat_parts
-- Where the figures of a period come from: whole days from the roll-up, what is between them
-- and at both ends from the hours; by_hour: all of it.  Days in a row are one part.  Hours come
-- by 24, as far as any are known: what is read behind them, lateral, goes along the index and
-- is grouped while it is few, and a year is never sorted.
create function cdr.stat_parts(period_from timestamptz, period_to timestamptz, by_hour boolean default false)
    returns table (grain text, starts_at timestamptz, ends_at timestamptz)
    language plpgsql
    stable
    rows 3
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with days as materialized (
        select min(f.starts_at) as starts_at, max(f.ends_at) as ends_at
        from (
            select w.*, sum(case when w.follows then 0 else 1 end) over (order by w.starts_at) as island
            from (
                select d.*, d.starts_at = lag(d.ends_at) over (order by d.starts_at) as follows
                from cdr.whole_day d
                where not by_hour and d.starts_at >= period_from and d.ends_at <= period_to
            ) w
        ) f
        group by f.island
    )
    select 'day', d.starts_at, d.ends_at from days d
    union all
    select 'hour', p.starts_at, least(p.starts_at + interval '24 hours', h.ends_at)
    from (
        select coalesce(lag(e.ends_at) over (order by e.starts_at), period_from) as starts_at, e.starts_at as ends_at
        from (
            select d.starts_at, d.ends_at from days d
            union all
            select period_to, null
        ) e
    ) h
    cross join (select min(s.hour) as first_at, max(s.hour) as last_at from cdr.stat_hour s) k
    cross join lateral generate_series(greatest(h.starts_at, k.first_at), k.last_at, interval '24 hours') p(starts_at)
    where p.starts_at < h.ends_at;
end
$$;

comment on function cdr.stat_parts(timestamptz, timestamptz, boolean) is
    'Where the figures of [from, to) come from: its parts, and the grain of each, day (cdr.measure_day) or hour (cdr.measure_hour). by_hour: all from hours.';

revoke all on function cdr.stat_parts(timestamptz, timestamptz, boolean) from public;
grant execute on function cdr.stat_parts(timestamptz, timestamptz, boolean) to cdretl_loader, cdretl_dashboard;
