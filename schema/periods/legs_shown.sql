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
