-- The same for what the statistics of their calls are counted from.
update pg_temp.call_leg l set
    provider = c.provider,
    release = c.release,
    q850_implied = c.q850_implied,
    is_outbound = c.is_outbound,
    answered = c.answered,
    category = c.category,
    confidence = c.confidence,
    alternatives = c.alternatives,
    outcome_group = c.outcome_group,
    ended_by = c.ended_by,
    rule_id = c.rule_id,
    ruleset_id = c.ruleset_id,
    naive_category = c.naive_category,
    run_id = c.run_id
from pg_temp.changed c
where c.leg_key = l.leg_key and c.started_at = l.started_at;
