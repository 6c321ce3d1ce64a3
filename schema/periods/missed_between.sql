-- Inbound calls that no person answered, and what became of each: the first contact with the
-- same number behind it, within cdr.setting return_hours.  A contact is an outbound call to
-- that number, or an inbound one from it, that a person answered.
--
-- Calls of a number are gone through from the last to the first: later counts the contacts
-- behind a call, so the contact that a missed call waits for is the one with one less.
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
    ), seen as materialized (
        select u.call_key, u.started_at, u.direction, u.caller, u.queue, u.provider, u.gateway, u.agent, u.wait_seconds,
            case u.direction when 'inbound' then cdr.number_key(u.caller_e164, u.caller)
                else cdr.number_key(u.destination_e164, u.destination) end as number,
            u.direction = 'inbound' and (not u.answered or u.answered_by = 'flow' and u.queue is not null) as is_missed,
            u.answered_by is not distinct from 'leg' and
                -- include rules/is_person
                as is_contact
        from calls u
        where u.direction in ('inbound', 'outbound') and u.started_at >= period_from and u.started_at < period_to + horizon
    ), placed as materialized (
        select s.*,
            count(*) filter (where s.is_contact) over behind as later,
            count(*) filter (where s.direction = 'outbound') over behind as later_outbound,
            count(*) filter (where s.direction = 'outbound') over in_time as outbound_in_time
        from seen s
        window behind as (partition by s.number order by s.started_at desc, s.call_key desc
                rows between unbounded preceding and 1 preceding),
            in_time as (partition by s.number order by s.started_at desc range between horizon preceding and current row)
    )
    select m.call_key, m.started_at, case when sees_numbers then m.caller else cdr.number_masked(m.caller) end, m.queue, coalesce(p.name, m.provider, m.gateway),
        m.wait_seconds,
        case when m.number is null then 'no_number' when c.call_key is null then 'open' else 'returned' end,
        case c.direction when 'outbound' then 'called_back' when 'inbound' then 'called_again' end,
        c.started_at,
        round(extract(epoch from c.started_at - m.started_at)::numeric)::integer,
        case when sees_agents then c.agent else cdr.agent_label(c.agent, label_key) end,
        case when m.number is null then null when c.call_key is null then m.outbound_in_time
            else m.later_outbound - c.later_outbound end
    from placed m
    left join placed c on c.number = m.number and c.is_contact and c.later = m.later - 1
        and c.started_at < m.started_at + horizon
    left join cdr.provider p on p.provider = m.provider
    where m.is_missed and m.started_at < period_to;
end
$$;

comment on function cdr.missed_between(timestamptz, timestamptz) is
    'Inbound calls of [from, to) that no person answered, and whether they were returned within cdr.setting return_hours: called back or called again, when, by whom; outbound tries until then, of an open one within those hours. Reads legs: ask for weeks, not for years.';

revoke all on function cdr.missed_between(timestamptz, timestamptz) from public;
grant execute on function cdr.missed_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
