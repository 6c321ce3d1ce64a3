-- From texts as an export has them (pg_temp.raw or public.raw) to legs, and their statistics: what
-- peers that put the work to the server send, in the transaction that has the texts.  What a
-- leg came to is looked up in public.outcome, where ours are, so that no peer needs rules.
insert into cdr.leg (leg_key, call_key, side, direction, started_at, answered_at, bridged_at, ended_at, caller, destination,
    caller_e164, destination_e164, extension, agent, queue, gateway, provider, duration, bill_seconds, talk_seconds, hangup_cause,
    sip_code, hangup_by, webitel_result, amd_result, release, is_outbound, answered, category, confidence, alternatives,
    outcome_group, ended_by, rule_id, naive_category, ruleset_id, run_id, file_id, line_no, extra, evidence_hash)
select r.id::uuid, r.id::uuid, 'a', r.direction, t.started_at, t.answered_at, t.bridged_at, t.ended_at, r.from_number,
    r.destination, case when r.from_number ~ '^380[0-9]{9}$' then '+' || r.from_number end,
    case when r.destination ~ '^380[0-9]{9}$' then '+' || r.destination end, r.extension, r.user_name,
    nullif(r.queue, ''), r.gateway, o.provider, t.duration, t.bill_seconds, t.talk_seconds, r.cause, r.sip_code::smallint, r.hangup_by,
    r.hangup_disposition, nullif(r.amd_result, ''), o.release, o.is_outbound, o.answered, o.category, o.confidence, o.alternatives,
    o.outcome_group, o.ended_by, o.rule_id, o.naive_category, 1, 1, 1, 1,
    jsonb_strip_nulls(jsonb_build_object('result', nullif(r.result, ''), 'wait_sec', r.wait_sec, 'sip_phrase', nullif(r.hangup_phrase, ''))), 0
from raw r
cross join lateral (
    select to_timestamp(r.created_at, 'DD.MM.YYYY, HH24:MI:SS') as started_at,
        to_timestamp(nullif(r.answered_at, ''), 'DD.MM.YYYY, HH24:MI:SS') as answered_at,
        to_timestamp(nullif(r.bridged_at, ''), 'DD.MM.YYYY, HH24:MI:SS') as bridged_at,
        to_timestamp(r.hangup_at, 'DD.MM.YYYY, HH24:MI:SS') as ended_at,
        extract(epoch from r.duration::interval)::integer as duration,
        extract(epoch from r.bill_sec::interval)::integer as bill_seconds,
        extract(epoch from r.talk_sec::interval)::integer as talk_seconds
) t
left join public.outcome o on o.hangup_cause = r.cause and o.sip_code = r.sip_code::smallint and o.hangup_by = r.hangup_by
    and o.direction = r.direction and o.webitel_result = r.hangup_disposition and o.gateway = r.gateway
    and o.lasted = case when t.bill_seconds > 0 then 0 else t.duration end
on conflict do nothing;
insert into cdr.stat_hour select h.* from public.period p cross join lateral cdr.hours_between(p.starts_at, p.ends_at) h;
