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
