-- What the mapping files say, stored, in the order in which it is sent.

-- name: categories_stored
-- Is the taxonomy $1 stored as it is?  Then nothing is written: on Citus a row that comes again
-- is a commit of all nodes.
select not exists (
    select * from (
        -- include rules/categories
    ) told
    except
    select c.category, c.position, c.outcome_group, c.label_en, c.label_uk, c.label_ru, c.meaning,
        c.is_answered, c.is_bid, c.is_seizure, c.delivered, c.is_local_failure, c.is_elsewhere, c.without_answer, c.is_undetermined,
        c.is_machine, c.is_sign_of_life, c.seer, c.retry, c.retry_after_minutes, c.retry_attempts, c.retry_note
    from cdr.category c
) and not exists (
    select 1 from cdr.category c
    where c.position is not null
        and c.category <> all (array(select k ->> 'code' from jsonb_array_elements($1::jsonb -> 'categories') k))
);

-- name: categories
-- The taxonomy: $1 is mappings/categories.json.  What older legs have and it does not
-- name any more stays, without a position.
insert into cdr.category as stored (category, position, outcome_group, label_en, label_uk, label_ru, meaning,
    is_answered, is_bid, is_seizure, delivered, is_local_failure, is_elsewhere, without_answer, is_undetermined,
    is_machine, is_sign_of_life, seer, retry, retry_after_minutes, retry_attempts, retry_note)
-- include rules/categories
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
-- The rule set, once; one that is there takes no number.
insert into cdr.ruleset (identity)
select $1
where not exists (select 1 from cdr.ruleset k where k.identity = $1)
on conflict (identity) do nothing;

-- name: ruleset_id
-- The number of the rule set $1, and whether its files are still to be stored.
select r.ruleset_id, not exists (select 1 from cdr.ruleset_file f where f.ruleset_id = r.ruleset_id) as lacks_files
from cdr.ruleset r
where r.identity = $1;

-- name: ruleset_note
-- Why there is the rule set $1, unless somebody said so before.
update cdr.ruleset set note = $2 where ruleset_id = $1::integer and note is null;

-- name: ruleset_texts
-- Texts of the files $1: an array of objects with folder, name and content (hex).
insert into cdr.ruleset_text (digest, bytes, content)
select sha256(decode(f.content, 'hex')), length(f.content) / 2, decode(f.content, 'hex')
from jsonb_to_recordset($1::jsonb) f(content text)
on conflict do nothing;

-- name: ruleset_files
-- The files of the rule set $1: $2 is the same array.
insert into cdr.ruleset_file (ruleset_id, folder, name, digest)
select $1::integer, f.folder, f.name, sha256(decode(f.content, 'hex'))
from jsonb_to_recordset($2::jsonb) f(folder smallint, name text, content text)
on conflict do nothing;

-- name: ruleset_find
-- Rule sets whose number is $1, or whose identity begins so.
select r.ruleset_id, r.identity,
    exists (select 1 from cdr.ruleset_file f where f.ruleset_id = r.ruleset_id) as has_files
from cdr.ruleset r
where r.ruleset_id::text = $1 or (length($1) >= 6 and starts_with(r.identity, $1))
order by r.ruleset_id;

-- name: ruleset_read
-- The files of the rule set $1.
select f.folder::integer as folder, f.name, t.content
from cdr.ruleset_file f
join cdr.ruleset_text t on t.digest = f.digest
where f.ruleset_id = $1::integer
order by f.folder, f.name;

-- name: ruleset_history
-- Every rule set: who used it first, when and why, what is kept of it, and what used it.
select r.ruleset_id, r.identity, to_char(r.first_used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as first_used_at,
    r.recorded_by, u.runs, to_char(u.last_used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_used_at,
    f.folders, f.files, f.bytes, r.note
from cdr.ruleset r
left join (
    select f.ruleset_id, count(distinct f.folder) as folders, count(*) as files, sum(t.bytes) as bytes
    from cdr.ruleset_file f
    join cdr.ruleset_text t on t.digest = f.digest
    group by f.ruleset_id
) f on f.ruleset_id = r.ruleset_id
left join (
    select ruleset_id, count(*) as runs, max(started_at) as last_used_at
    from cdr.run
    group by ruleset_id
) u on u.ruleset_id = r.ruleset_id
order by r.ruleset_id;

-- name: rules
-- The rules of the rule set $1, once: $2 is an array of objects with rule_id and why.
insert into cdr.rule (ruleset_id, rule_id, why)
select $1::integer, r.rule_id, r.why
from jsonb_to_recordset($2::jsonb) r(rule_id text, why text)
where not exists (select 1 from cdr.rule k where k.ruleset_id = $1::integer)
on conflict do nothing

-- name: provider_stored
-- Is the provider $1 stored under the name $2?  Then it is not written, as above.
select exists (select 1 from cdr.provider p where p.provider = $1 and p.name = coalesce($2, $1));

-- name: provider
-- A provider of the mapping files.
insert into cdr.provider (provider, name) values ($1, coalesce($2, $1))
on conflict (provider) do update set name = excluded.name
where cdr.provider.name is distinct from excluded.name;
