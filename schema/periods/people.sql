-- Employees, missed calls and callers of a period.

-- name: agent_between
-- What employees did.  A leg that rings an employee is offered to him; it is answered, or
-- another phone took the call (elsewhere), or it is missed, also when the caller gave up
-- first.  Where an export has no such legs the call itself is the offer.  Outbound calls of
-- his are placed, and answered when the other side did.  Of a leg that tells the extension
-- alone he is who has it elsewhere in these days.
create function cdr.agent_between(period_from timestamptz, period_to timestamptz, bucket text default 'all')
    returns table (day date, agent text, offered bigint, answered bigint, missed bigint, elsewhere bigint,
        placed bigint, placed_answered bigint, talk_seconds bigint, hold_seconds bigint, handling_seconds bigint,
        handling_n bigint, aht numeric, first_at timestamptz, last_at timestamptz, days bigint)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
as $$
#variable_conflict use_column
declare
    sees_agents boolean := cdr.sees_agents();
    label_key bytea := (select key from cdr.secret where purpose = 'agent_label');
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if bucket not in ('all', 'day') then
        raise exception 'no employees by %', bucket;
    end if;
    return query
    with legs as not materialized (
        -- include rules/legs_of_period
    ), calls as not materialized (
        -- include rules/calls
    ), named as materialized (
        select extension, max(agent) as agent from legs where extension is not null and agent is not null group by extension
    ), ringing as not materialized (
        select l.*, coalesce(l.agent, w.agent, l.extension) as employee
        from legs l
        left join named w on w.extension = l.extension
        where l.side = 'b' and (l.agent is not null or l.extension is not null) and not l.is_outbound and l.gateway is null
    ), own as not materialized (
        select l.call_key, coalesce(w.agent, l.extension) as employee
        from legs l
        left join named w on w.extension = l.extension
        where l.side = 'a' and l.extension is not null
    ), parts as materialized (
        select l.employee, 'offered' as kind, l.started_at,
            coalesce(l.ended_at, l.started_at + coalesce(l.duration, 0) * interval '1 second') as ended_at,
            l.answered,
            not l.answered and l.category = any (array(select k.category from cdr.category k where k.is_elsewhere)) as elsewhere,
            case when l.answered then l.talk_seconds end as talk_seconds,
            case when l.answered then l.hold_seconds end as hold_seconds
        from ringing l
        where l.started_at >= period_from and l.started_at < period_to
        union all
        select coalesce(c.agent, o.employee), case when c.direction = 'outbound' then 'placed' else 'offered' end, c.started_at,
            coalesce(c.ended_at, c.started_at + coalesce(c.duration, 0) * interval '1 second'),
            c.answered_by is not distinct from 'leg', false,
            case when c.answered_by = 'leg' then c.talk_seconds end,
            case when c.answered_by = 'leg' then c.hold_seconds end
        from calls c
        left join (select distinct call_key from ringing) r on r.call_key = c.call_key
        left join own o on o.call_key = c.call_key
        where (c.agent is not null or o.employee is not null) and r.call_key is null and c.started_at >= period_from and c.started_at < period_to
    )
    select
        case bucket when 'day' then (p.started_at at time zone zone)::date end,
        case when sees_agents then p.employee else cdr.agent_label(p.employee, label_key) end,
        count(*) filter (where p.kind = 'offered'),
        count(*) filter (where p.kind = 'offered' and p.answered),
        count(*) filter (where p.kind = 'offered' and not p.answered and not p.elsewhere),
        count(*) filter (where p.elsewhere),
        count(*) filter (where p.kind = 'placed'),
        count(*) filter (where p.kind = 'placed' and p.answered),
        coalesce(sum(p.talk_seconds), 0)::bigint,
        coalesce(sum(p.hold_seconds), 0)::bigint,
        coalesce(sum(p.talk_seconds + coalesce(p.hold_seconds, 0)), 0)::bigint,
        count(p.talk_seconds),
        round(sum(p.talk_seconds + coalesce(p.hold_seconds, 0))::numeric / nullif(count(p.talk_seconds), 0), 1),
        min(p.started_at),
        max(p.ended_at),
        count(distinct (p.started_at at time zone zone)::date)
    from parts p
    group by 1, p.employee;
end
$$;

comment on function cdr.agent_between(timestamptz, timestamptz, text) is
    'Employees over [from, to), or day by day: calls offered, answered, missed, taken elsewhere and placed; talk, hold and handling; first and last call. Names as cdr.call has them. Reads legs: ask for weeks, not for years.';

revoke all on function cdr.agent_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.agent_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;

-- name: missed_between
-- Inbound calls that no person answered, and what became of each: the first contact with the
-- same number behind it, within cdr.setting return_hours.  A contact is an outbound call to
-- that number, or an inbound one from it, that a person answered.
--
-- Calls of a number are gone through from the last to the first, counting contacts: of those
-- of one count the first is the contact that the others wait for.
create function cdr.missed_between(period_from timestamptz, period_to timestamptz)
    returns table (call_key uuid, started_at timestamptz, caller text, queue text, carrier text, wait_seconds integer,
        state text, returned_by text, returned_at timestamptz, after_seconds integer, agent text, tries bigint)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
as $$
#variable_conflict use_column
declare
    sees_agents boolean := cdr.sees_agents();
    label_key bytea := (select key from cdr.secret where purpose = 'agent_label');
    sees_numbers boolean := cdr.sees_numbers();
    horizon interval := (select value::numeric * interval '1 hour' from cdr.setting where setting = 'return_hours');
begin
    return query
    with legs as not materialized (
        select * from cdr.leg
        where started_at >= cdr.call_reach_before(period_from) and started_at < cdr.call_reach_after(period_to) + horizon
    ), calls as not materialized (
        -- include rules/calls
    ), seen as (
        select u.call_key, u.started_at, u.direction, u.caller, u.queue, coalesce(p.name, u.provider, u.gateway) as carrier,
            u.agent, u.wait_seconds,
            case u.direction when 'inbound' then cdr.number_key(u.caller_e164, u.caller)
                else cdr.number_key(u.destination_e164, u.destination) end as number,
            u.direction = 'inbound' and (not u.answered or u.answered_by = 'flow' and u.queue is not null) as is_missed,
            u.answered_by is not distinct from 'leg' and
                -- include rules/is_person
                as is_contact
        from calls u
        left join cdr.provider p on p.provider = u.provider
        where u.direction in ('inbound', 'outbound') and u.started_at >= period_from and u.started_at < period_to + horizon
    ), placed as (
        select s.*,
            count(*) filter (where s.is_contact) over up_to as contacts,
            count(*) filter (where s.direction = 'outbound') over up_to as outbound,
            count(*) filter (where s.direction = 'outbound') over in_time as outbound_in_time
        from seen s
        window up_to as (partition by s.number order by s.started_at desc, s.call_key desc rows unbounded preceding),
            in_time as (partition by s.number order by s.started_at desc range between horizon preceding and current row)
    ), met as (
        select w.*,
            first_value(w.is_contact) over waiting as is_met,
            first_value(w.direction) over waiting as met_direction,
            first_value(w.started_at) over waiting as met_at,
            first_value(w.agent) over waiting as met_agent,
            first_value(w.outbound) over waiting as met_outbound
        from placed w
        window waiting as (partition by w.number, w.contacts order by w.started_at desc, w.call_key desc)
    )
    select m.call_key, m.started_at, case when sees_numbers then m.caller else cdr.number_masked(m.caller) end, m.queue, m.carrier,
        m.wait_seconds,
        case when m.number is null then 'no_number' when c.is_met then 'returned' else 'open' end,
        case when c.is_met then case m.met_direction when 'outbound' then 'called_back' else 'called_again' end end,
        case when c.is_met then m.met_at end,
        case when c.is_met then round(extract(epoch from m.met_at - m.started_at)::numeric)::integer end,
        case when c.is_met then case when sees_agents then m.met_agent else cdr.agent_label(m.met_agent, label_key) end end,
        case when m.number is null then null when c.is_met then m.outbound - m.met_outbound + (m.met_direction = 'outbound')::integer
            else m.outbound_in_time end
    from met m
    cross join lateral (select m.is_met and m.number is not null and m.met_at < m.started_at + horizon as is_met) c
    where m.is_missed and m.started_at < period_to;
end
$$;

comment on function cdr.missed_between(timestamptz, timestamptz) is
    'Inbound calls of [from, to) that no person answered, and whether they were returned within cdr.setting return_hours: called back or called again, when, by whom; outbound tries until then, of an open one within those hours. Reads legs: ask for weeks, not for years.';

revoke all on function cdr.missed_between(timestamptz, timestamptz) from public;
grant execute on function cdr.missed_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: missed_kpi_between
-- How many missed calls were returned, and how soon.  keyed_by: all, queue or day.
create function cdr.missed_kpi_between(period_from timestamptz, period_to timestamptz, keyed_by text default 'all')
    returns table (key text, missed bigint, returned bigint, called_back bigint, called_again bigint, open bigint,
        no_number bigint, returned_share numeric, returned_share_n bigint, returned_share_ci_low numeric,
        returned_share_ci_high numeric, median_seconds numeric)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if keyed_by not in ('all', 'queue', 'day') then
        raise exception 'no missed calls by %', keyed_by;
    end if;
    return query
    select s.key, s.missed, s.returned, s.called_back, s.called_again, s.open, s.missed - s.returned - s.open,
        cdr.percent(s.returned, s.returned + s.open), s.returned + s.open,
        cdr.wilson_low(s.returned, s.returned + s.open), cdr.wilson_high(s.returned, s.returned + s.open),
        s.median_seconds
    from (
        select
            case keyed_by when 'queue' then m.queue when 'day' then to_char(m.started_at at time zone zone, 'YYYY-MM-DD') end as key,
            count(*) as missed,
            count(*) filter (where m.state = 'returned') as returned,
            count(*) filter (where m.returned_by = 'called_back') as called_back,
            count(*) filter (where m.returned_by = 'called_again') as called_again,
            count(*) filter (where m.state = 'open') as open,
            round((percentile_cont(0.5) within group (order by m.after_seconds))::numeric) as median_seconds
        from cdr.missed_between(period_from, period_to) m
        group by 1
    ) s;
end
$$;

comment on function cdr.missed_kpi_between(timestamptz, timestamptz, text) is
    'Missed calls of [from, to) in figures, in all, by queue or by day: returned (called back, called again), open, without a number; returned_share of those with a number; median seconds until contact.';

revoke all on function cdr.missed_kpi_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.missed_kpi_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;

-- name: callers_between
-- Who called, and how often.  keyed_by: all, queue or day.  A caller of two queues is one of
-- each, and one in all.
create function cdr.callers_between(period_from timestamptz, period_to timestamptz, keyed_by text default 'all')
    returns table (key text, inbound bigint, with_number bigint, callers bigint, repeat_callers bigint, repeat_calls bigint,
        repeat_share numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if keyed_by not in ('all', 'queue', 'day') then
        raise exception 'no callers by %', keyed_by;
    end if;
    return query
    with legs as not materialized (
        -- include rules/legs_of_period
    ), calls as not materialized (
        -- include rules/calls
    ), numbers as materialized (
        select
            case keyed_by when 'queue' then c.queue when 'day' then to_char(c.started_at at time zone zone, 'YYYY-MM-DD') end as key,
            cdr.number_key(c.caller_e164, c.caller) as number,
            count(*) as calls
        from calls c
        where c.direction = 'inbound' and c.started_at >= period_from and c.started_at < period_to
        group by 1, 2
    )
    select n.key, sum(n.calls)::bigint,
        coalesce(sum(n.calls) filter (where n.number is not null), 0)::bigint,
        count(n.number),
        count(n.number) filter (where n.calls > 1),
        coalesce(sum(n.calls - 1) filter (where n.number is not null), 0)::bigint,
        cdr.percent(sum(n.calls - 1) filter (where n.number is not null), sum(n.calls) filter (where n.number is not null))
    from numbers n
    group by n.key;
end
$$;

comment on function cdr.callers_between(timestamptz, timestamptz, text) is
    'Inbound calls of [from, to), in all, by queue or by day: with a number, how many numbers called, how many of them oftener than once, calls beyond each one''s first, and their share of those with a number. Reads legs.';

revoke all on function cdr.callers_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.callers_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;

-- name: contact_between
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
    set enable_nestloop = off -- legs that were just loaded look like one to the planner
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

-- name: silent_numbers
-- Numbers that were called again and again and gave no sign of life: nobody answered, it never
-- rang, was engaged or refused, and no call came from them.  Only outcomes that speak of the
-- subscriber count as tries; of what the network failed at nothing is known, and an outcome
-- that may be a sign of life is one.  Nothing is stored, and nothing is decided by it.
create function cdr.silent_numbers(period_from timestamptz, period_to timestamptz, least_tries integer)
    returns table (number text, tries bigint, days bigint, hours bigint, carriers text, outcomes text, first_at timestamptz,
        last_at timestamptz, last_sign_at timestamptz, verdict text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    return query
    with legs as not materialized (
        select * from cdr.leg where started_at >= period_from and started_at < period_to
    ), seen as materialized (
        select cdr.number_key(l.destination_e164, l.destination) as number, l.started_at, l.category,
            coalesce(p.name, l.provider, l.gateway) as carrier,
            l.answered or l.ring_seconds > 0 or l.pdd_seconds is not null
                or l.category = any (array(select k.category from cdr.category k where k.is_sign_of_life))
                or l.alternatives && array(select k.category from cdr.category k where k.is_sign_of_life) as is_sign,
            l.outcome_group = 'subscriber' as is_told
        from legs l
        left join cdr.provider p on p.provider = l.provider
        where (l.gateway is not null or l.is_outbound) and l.direction is distinct from 'inbound'
        union all
        select cdr.number_key(l.caller_e164, l.caller), l.started_at, l.category, null, true, false
        from legs l
        where l.side = 'a' and l.direction = 'inbound'
    ), judged as (
        select s.*, max(case when s.is_sign then s.started_at end) over (partition by s.number) as last_sign_at
        from seen s
        where s.number is not null
    )
    select j.number, count(*), count(distinct (j.started_at at time zone zone)::date),
        count(distinct extract(hour from j.started_at at time zone zone)),
        string_agg(distinct j.carrier, ', '), string_agg(distinct j.category, ', '),
        min(j.started_at), max(j.started_at), min(j.last_sign_at), 'rest'
    from judged j
    where j.is_told and (j.last_sign_at is null or j.started_at > j.last_sign_at)
    group by j.number
    having count(*) >= least_tries
    order by 2 desc, 1;
end
$$;

comment on function cdr.silent_numbers(timestamptz, timestamptz, integer) is
    'Numbers that gave no sign of life since their last one in [from, to), tried at least so often since: let them rest. A phone that is switched off and a person who blocks us look the same.';

revoke all on function cdr.silent_numbers(timestamptz, timestamptz, integer) from public;
grant execute on function cdr.silent_numbers(timestamptz, timestamptz, integer) to cdretl_loader;
