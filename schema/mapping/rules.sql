-- The rules of the rule set $1, once: $2 is an array of objects with rule_id and why.
insert into cdr.rule (ruleset_id, rule_id, why)
select $1::integer, r.rule_id, r.why
from jsonb_to_recordset($2::jsonb) r(rule_id text, why text)
where not exists (select 1 from cdr.rule k where k.ruleset_id = $1::integer)
on conflict do nothing
