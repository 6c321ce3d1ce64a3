-- What the mapping files say, stored, in the order in which it is sent.

-- name: categories
-- The taxonomy: $1 is mappings/categories.json.  What older legs have and it does not
-- name any more stays, without a position.
insert into cdr.category as stored (category, position, outcome_group, label_en, label_uk, label_ru, meaning,
    is_answered, is_bid, is_seizure, delivered, is_local_failure, is_elsewhere, without_answer, is_undetermined,
    is_machine, is_sign_of_life, seer, retry, retry_after_minutes, retry_attempts, retry_note)
select c.code, c.position, c."group", c.label ->> 'en', c.label ->> 'uk', c.label ->> 'ru', c.meaning,
    coalesce(c.answered, false), c.kpi ->> 'abr' <> 'excluded', c.kpi ->> 'asr' <> 'excluded',
    case c.kpi ->> 'ner' when 'numerator' then 'yes' when 'denominator' then 'no'
        when 'conditional' then 'if_rang' else 'excluded' end,
    coalesce(c.local_failure, false), coalesce(c.elsewhere, false), c.without_answer, c.code = $1::jsonb ->> 'undetermined',
    coalesce(c.machine, false), coalesce(c.sign_of_life, false), c.kpi ->> 'seer' = 'numerator',
    c.retry ->> 'advice', (c.retry ->> 'after_minutes')::integer, (c.retry ->> 'attempts')::integer, c.retry ->> 'note'
from rows from (jsonb_to_recordset($1::jsonb -> 'categories') as (code text, "group" text, label jsonb, meaning text,
    answered boolean, machine boolean, sign_of_life boolean, local_failure boolean, elsewhere boolean, without_answer text[], kpi jsonb, retry jsonb))
    with ordinality as c (code, "group", label, meaning, answered, machine, sign_of_life, local_failure, elsewhere, without_answer, kpi, retry, position)
on conflict (category) do update set
    position = excluded.position,
    outcome_group = excluded.outcome_group,
    label_en = excluded.label_en,
    label_uk = excluded.label_uk,
    label_ru = excluded.label_ru,
    meaning = excluded.meaning,
    is_answered = excluded.is_answered,
    is_bid = excluded.is_bid,
    is_seizure = excluded.is_seizure,
    delivered = excluded.delivered,
    is_local_failure = excluded.is_local_failure,
    is_elsewhere = excluded.is_elsewhere,
    without_answer = excluded.without_answer,
    is_undetermined = excluded.is_undetermined,
    is_machine = excluded.is_machine,
    is_sign_of_life = excluded.is_sign_of_life,
    seer = excluded.seer,
    retry = excluded.retry,
    retry_after_minutes = excluded.retry_after_minutes,
    retry_attempts = excluded.retry_attempts,
    retry_note = excluded.retry_note
where (stored.*) is distinct from (excluded.*);

-- name: categories_gone
-- Categories that mappings/categories.json ($1) names no more.
update cdr.category set position = null
where position is not null
    and category <> all (array(select c ->> 'code' from jsonb_array_elements($1::jsonb -> 'categories') c));

-- name: ruleset
-- The rule set, once.
insert into cdr.ruleset (identity) values ($1)
on conflict (identity) do nothing;

-- name: rules
-- The rules of the rule set $1, once: $2 is an array of objects with rule_id and why.
insert into cdr.rule (ruleset_id, rule_id, why)
select $1::integer, r.rule_id, r.why
from jsonb_to_recordset($2::jsonb) r(rule_id text, why text)
where not exists (select 1 from cdr.rule k where k.ruleset_id = $1::integer)
on conflict do nothing

-- name: provider
-- A provider of the mapping files.
insert into cdr.provider (provider, name) values ($1, coalesce($2, $1))
on conflict (provider) do update set name = excluded.name
where cdr.provider.name is distinct from excluded.name;
