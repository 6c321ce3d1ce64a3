-- What they were, and what they are now.  A leg that another run spoilt meanwhile is
-- changed twice: what it was first, and what it is last.
insert into cdr.outcome_change (run_id, leg_key, started_at, old_category, new_category,
    old_confidence, new_confidence, old_alternatives, new_alternatives, old_rule_id, new_rule_id,
    old_provider, new_provider, old_ruleset_id, new_ruleset_id)
select c.run_id, c.leg_key, c.started_at, l.category, c.category,
    l.confidence, c.confidence, l.alternatives, c.alternatives, l.rule_id, c.rule_id,
    l.provider, c.provider, l.ruleset_id, c.ruleset_id
from cdr.leg l
join pg_temp.changed c on c.started_at = l.started_at and c.call_key = l.call_key and c.leg_key = l.leg_key
where l.started_at >= $1::timestamptz and l.started_at <= $2::timestamptz
on conflict (started_at, leg_key, run_id) do update set
    new_category = excluded.new_category,
    new_confidence = excluded.new_confidence,
    new_alternatives = excluded.new_alternatives,
    new_rule_id = excluded.new_rule_id,
    new_provider = excluded.new_provider;
