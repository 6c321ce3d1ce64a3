-- What they were, and what they are now.
insert into cdr.outcome_change (run_id, leg_key, started_at, old_category, new_category,
    old_confidence, new_confidence, old_alternatives, new_alternatives, old_rule_id, new_rule_id,
    old_provider, new_provider, old_ruleset_id, new_ruleset_id)
select m.run_id, m.leg_key, m.started_at, l.category, m.category,
    l.confidence, m.confidence, l.alternatives, m.alternatives, l.rule_id, m.rule_id,
    l.provider, m.provider, l.ruleset_id, m.ruleset_id
from cdr.leg l
join pg_temp.merged m on m.started_at = l.started_at and m.call_key = l.call_key and m.leg_key = l.leg_key
where l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz;
