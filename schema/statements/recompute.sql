-- Stored legs are decided anew, a day at a time, in the order in which it is sent.

-- name: unknown
-- The first of the carriers $1 or categories $2 that the database has never seen.
select coalesce(
    (select 'carrier ' || p from unnest($1::text[]) p
     where p not in (select provider from cdr.provider) limit 1),
    (select 'category ' || c from unnest($2::text[]) c
     where c not in (select category from cdr.category) limit 1));

-- name: next
-- When the first leg starts from $1 on and before $2: ms since 1970, null without any.
select floor(extract(epoch from min(started_at)) * 1000)::bigint
from cdr.leg
where started_at >= $1::timestamptz and started_at < $2::timestamptz;

-- name: done
-- Days that the same recomputation has finished before: by the same rule set ($1) and
-- program ($2), for the period $3 to $4, carriers $5 and categories $6.  Not those into
-- which others have brought legs, or outcomes, since.  A leg may be stored a day and two
-- hours from where a file tells it; calls reach over a midnight.
select distinct on (s.first_at, s.next_at)
    floor(extract(epoch from s.first_at) * 1000)::bigint as first_ms,
    floor(extract(epoch from s.next_at) * 1000)::bigint as next_ms,
    s.legs, s.changed
from cdr.recompute_slice s
join cdr.run r on r.run_id = s.run_id
where s.closed_by_run is null
    and r.ruleset_id = $1::integer and r.program = $2
    and s.period_from = $3::timestamptz and s.period_to = $4::timestamptz
    and s.providers is not distinct from $5::text[]
    and s.categories is not distinct from $6::text[]
    and not exists (
        select 1 from cdr.file f
        join cdr.run o on o.run_id = f.run_id
        where f.file_id > s.file_id and f.verdict = 'loaded'
            and (o.ruleset_id is distinct from r.ruleset_id or o.program <> r.program)
            and f.last_at >= s.first_at - cdr.leg_reach()
            and f.first_at < s.next_at + cdr.leg_reach()
    )
    and not exists (
        select 1 from cdr.recompute_slice n
        join cdr.run o on o.run_id = n.run_id
        where n.slice_id > s.slice_id and n.changed > 0
            and (o.ruleset_id is distinct from r.ruleset_id or o.program <> r.program)
            and n.first_at < s.next_at + cdr.call_reach()
            and n.next_at > s.first_at - cdr.call_reach()
    )
order by s.first_at, s.next_at, s.slice_id desc;

-- name: prepare
-- Working tables of a recomputation, for one day.
--   slice      the day, and whose legs; null: all
--   near_call  calls around a midnight that have a B-leg
--   crossing   legs behind a midnight whose call has a leg before it
--   changed    legs whose outcome changes, with what it is now
-- Nobody knows how many groups or calls there will be; sorting them is never better.
set local enable_mergejoin to off;

create temp table slice (first_at timestamptz, next_at timestamptz, providers text[], categories text[]) on commit drop;
create temp table near_call (call_key uuid) on commit drop;
create temp table crossing (midnight timestamptz, started_at timestamptz, call_key uuid, leg_key uuid) on commit drop;
create temp table changed (
    leg_key uuid, call_key uuid, started_at timestamptz, provider text, release text, q850_implied smallint,
    is_outbound boolean, answered boolean, category text, confidence text, alternatives text[], outcome_group text, ended_by text,
    rule_id text, ruleset_id integer, naive_category text, run_id integer
) on commit drop;

-- name: slice
-- The day, and whose legs.
insert into pg_temp.slice values ($1::timestamptz, $2::timestamptz, $3::text[], $4::text[]);

-- name: long_calls
-- Has a call of the day before midnight $1 more than one leg?  No other can cross it, and
-- the statistics know.
select exists (
    select 1 from cdr.stat_hour
    where unit = 'call' and hour >= $1::timestamptz - interval '1 day' and hour < $1::timestamptz
        and legs > n
);

-- name: crossing
-- Calls around midnight $2 that have a leg before and a leg behind it, no further than a
-- day away and inside the period from $1 to $3: of those that have a B-leg, the others
-- have but one leg.
insert into pg_temp.near_call
select distinct call_key
from cdr.leg
where started_at >= greatest($1::timestamptz, cdr.call_reach_before($2::timestamptz))
    and started_at < least($3::timestamptz, cdr.call_reach_after($2::timestamptz))
    and leg_key <> call_key;

-- name: crossing_legs
-- Their legs behind it.  Arguments as above.
with near_leg as materialized (
    select l.started_at, l.call_key, l.leg_key
    from cdr.leg l
    join pg_temp.near_call n on n.call_key = l.call_key
    where l.started_at >= greatest($1::timestamptz, cdr.call_reach_before($2::timestamptz))
        and l.started_at < least($3::timestamptz, cdr.call_reach_after($2::timestamptz))
)
insert into pg_temp.crossing
select $2::timestamptz, started_at, call_key, leg_key
from near_leg
where started_at >= $2::timestamptz
    and call_key in (select call_key from near_leg where started_at < $2::timestamptz);

-- name: crossed
-- The legs behind midnight $1 that belong to the day before.
select leg_key from pg_temp.crossing where midnight = $1::timestamptz order by leg_key;

-- name: legs
-- The legs of the day to decide again, and those behind it that belong to its calls.
-- Of extra come the two texts that rules read, behind
-- the others.  In the place of the two bounds in quotes their text is put.
copy (
    select
        -- include rules/leg_columns
        l.extra ->> 'network_addr', l.extra ->> 'sip_phrase'
    from cdr.leg l
    where l.started_at >= timestamptz '$1' and l.started_at < timestamptz '$2'
        and l.started_at >= (select first_at from pg_temp.slice)
        and l.started_at <= (
            select greatest(s.next_at - interval '1 microsecond', max(c.started_at))
            from pg_temp.slice s
            left join pg_temp.crossing c on c.midnight = s.next_at
            group by s.next_at)
        and (l.started_at < (select next_at from pg_temp.slice)
            or l.leg_key = any (array(
                select c.leg_key from pg_temp.crossing c where c.midnight = (select next_at from pg_temp.slice))))
        and ((select providers from pg_temp.slice) is null
            or l.provider = any ((select providers from pg_temp.slice)::text[]))
        and ((select categories from pg_temp.slice) is null
            or l.category = any ((select categories from pg_temp.slice)::text[]))
) to stdout (format binary);

-- name: history
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

-- name: calls
-- The calls of legs that change.
insert into pg_temp.changed_call
select call_key, started_at from pg_temp.changed;

-- name: update
-- The legs that change: their outcome, and who says so.
update cdr.leg l set
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
where c.started_at = l.started_at and c.call_key = l.call_key and c.leg_key = l.leg_key
    and l.started_at >= $1::timestamptz and l.started_at <= $2::timestamptz;

-- name: stale_hours
-- Hours (since 1970) that have a part in [$1, $2) and were counted on another basis.
select distinct floor(extract(epoch from hour) / 3600)::bigint as hour
from cdr.stat_hour
where hour > $1::timestamptz - interval '1 hour' and hour < $2::timestamptz
    and basis is distinct from (select cdr.stat_basis())
order by hour;

-- name: slice_done
-- A day is finished.
insert into cdr.recompute_slice (run_id, period_from, period_to, providers, categories,
    first_at, next_at, file_id, legs, changed, hours, moves)
select $1::integer, $2::timestamptz, $3::timestamptz, $4::text[], $5::text[],
    $6::timestamptz, $7::timestamptz, coalesce(max(file_id), 0), $8::bigint, $9::bigint, $10::bigint,
    $11::jsonb
from cdr.file;

-- name: close
-- The whole period is finished: its days are of no more use to the next recomputation.
update cdr.recompute_slice s set closed_by_run = $1::integer
from cdr.run r
where r.run_id = s.run_id and s.closed_by_run is null
    and r.ruleset_id = $2::integer and r.program = $3
    and s.period_from = $4::timestamptz and s.period_to = $5::timestamptz
    and s.providers is not distinct from $6::text[]
    and s.categories is not distinct from $7::text[];
