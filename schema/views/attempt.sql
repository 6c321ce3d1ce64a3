-- All attempts, as cdr.call.
create view cdr.attempt with (security_barrier) as
with legs as not materialized (
    select * from cdr.leg
), attempts as not materialized (
    -- include rules/attempts
)
select
    t.leg_key, t.call_key, t.side, t.started_at, t.answered_at, t.ended_at, t.domain,
    t.direction, cdr.number_shown(t.caller) as caller, cdr.number_shown(t.destination) as
    destination, t.queue,
    case when cdr.sees_agents() then t.agent else cdr.agent_label(t.agent, k.key) end as agent, t.gateway, t.provider, t.answered, t.category,
    t.confidence, t.alternatives, t.outcome_group, t.ended_by, t.hangup_cause,
    t.disposition, t.sip_code, t.q850, t.naive_category, t.rule_id, t.duration,
    t.bill_seconds, t.talk_seconds, t.early_media_seconds, t.pdd_seconds, t.ring_seconds, t.wait_seconds,
    t.hold_seconds
from attempts t
left join (select s.key from cdr.secret s where s.purpose = 'agent_label') k on true;

comment on view cdr.attempt is
    'Attempts: legs towards a carrier, the unit of ASR, ABR and NER. Numbers and names of employees are masked for readers.';

grant select on cdr.attempt to cdretl_loader, cdretl_dashboard;
