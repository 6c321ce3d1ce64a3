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
