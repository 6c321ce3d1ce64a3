-- All calls, read with the owner's rights, numbers masked for those who may not see them.
create view cdr.call with (security_barrier) as
with legs as not materialized (
    select * from cdr.leg
), calls as not materialized (
    -- include rules/calls
)
select
    c.call_key, c.started_at, c.ended_at, c.domain, c.direction, cdr.number_shown(c.caller)
    as caller, cdr.number_shown(c.destination) as destination, c.queue,
    case when cdr.sees_agents() then c.agent else cdr.agent_label(c.agent, k.key) end as agent, c.gateway,
    c.provider, c.legs, c.is_orphan, c.answered, c.answered_by, c.category, c.confidence,
    c.alternatives, c.outcome_group, c.ended_by, c.hangup_cause, c.disposition, c.sip_code,
    c.naive_category, c.rule_id, c.deciding_leg_key, c.linked_by, c.duration,
    c.bill_seconds, c.talk_seconds, c.hold_seconds, c.handling_seconds, c.early_media_seconds,
    c.pdd_seconds, c.ring_seconds, c.wait_seconds
from calls c
left join (select s.key from cdr.secret s where s.purpose = 'agent_label') k on true;

comment on view cdr.call is
    'Calls: an A-leg with its B-legs, the orphaned B-legs of one missing A-leg, or a leg that stands alone. Numbers and names of employees are masked for readers.';

grant select on cdr.call to cdretl_loader, cdretl_dashboard;
