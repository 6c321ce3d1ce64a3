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
