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

-- name: begin
-- Nobody knows how many groups or calls there will be; sorting them is never better.  Are the
-- working tables there?
select to_regclass('pg_temp.changed') is not null as is_there,
    set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true);

-- name: prepare
-- Working tables of a recomputation, for one day; made once a session.
--   slice     whose legs; null: all
--   near_leg  legs of the day and of a day around it, of calls that have a B-leg
--   crossing  legs behind a midnight whose call has a leg before it: they are decided with the
--             day of that
--   apart     calls that counting the day's legs as they stream does not see whole
--   picked    legs whose outcome may change, where they are few; and how many others there are
--   changed   legs whose outcome changes, with what it is now
create temp table slice (providers text[], categories text[]) on commit delete rows;
create temp table near_leg (started_at timestamptz, call_key uuid, leg_key uuid) on commit delete rows;
create temp table apart (call_key uuid) on commit delete rows;
create temp table crossing (midnight timestamptz, started_at timestamptz, call_key uuid, leg_key uuid) on commit delete rows;
create temp table picked (category text, legs bigint, started_at timestamptz, call_key uuid, leg_key uuid) on commit delete rows;
create temp table changed (
    leg_key uuid, call_key uuid, started_at timestamptz, provider text, release text, q850_implied smallint,
    is_outbound boolean, answered boolean, category text, confidence text, alternatives text[], outcome_group text, ended_by text,
    rule_id text, ruleset_id integer, naive_category text, run_id integer
) on commit delete rows;

-- name: slice
-- Whose legs.
insert into pg_temp.slice values ($1::text[], $2::text[]);

-- name: sets
-- Rule sets that decided most of the legs, and whose files are kept.
select r.ruleset_id
from cdr.ruleset r
join (
    select o.ruleset_id, f.inserted + f.updated as legs from cdr.file f join cdr.run o on o.run_id = f.run_id
    union all
    select o.ruleset_id, s.changed from cdr.recompute_slice s join cdr.run o on o.run_id = s.run_id
) d on d.ruleset_id = r.ruleset_id
where exists (select 1 from cdr.ruleset_file f where f.ruleset_id = r.ruleset_id)
group by r.ruleset_id
order by sum(d.legs) desc, r.ruleset_id
limit 16;

-- name: has_calls_of_legs
-- Can a call have several legs from $1 to $2, or a day around?  Not where every file that may
-- have legs there has a call for each leg, and no B-leg whose A-leg is elsewhere.
select exists (
    select 1 from cdr.file
    where verdict = 'loaded' and last_at >= cdr.call_reach_before($1::timestamptz) - cdr.leg_reach()
        and first_at < cdr.call_reach_after($2::timestamptz) + cdr.leg_reach()
        and (has_orphans or duplicate > 0 or calls <> inserted + updated + unchanged)
);

-- name: near_legs
-- Legs from a day before $1 to a day behind $2 of calls that have a B-leg: the others have but
-- one leg.
insert into pg_temp.near_leg
with near_call as materialized (
    select distinct call_key
    from cdr.leg
    where started_at >= cdr.call_reach_before($1::timestamptz) and started_at < cdr.call_reach_after($2::timestamptz)
        and leg_key <> call_key
)
select l.started_at, l.call_key, l.leg_key
from cdr.leg l
join near_call n on n.call_key = l.call_key
where l.started_at >= cdr.call_reach_before($1::timestamptz) and l.started_at < cdr.call_reach_after($2::timestamptz);

-- name: crossing
-- Of these, the legs behind the beginning of the day, $1, or its end, $2, whose call has a leg
-- before, no further than a day away and inside the period from $3 to $4.
insert into pg_temp.crossing
with leg as (
    select * from pg_temp.near_leg where started_at >= $3::timestamptz and started_at < $4::timestamptz
), begun as (
    select m.at, l.call_key
    from (select unnest(array[$1::timestamptz, $2::timestamptz]) as at) m
    join leg l on l.started_at < m.at and l.started_at >= cdr.call_reach_before(m.at)
    group by m.at, l.call_key
)
select b.at, l.started_at, l.call_key, l.leg_key
from leg l
join begun b on b.call_key = l.call_key
where l.started_at >= b.at and l.started_at < cdr.call_reach_after(b.at);

-- name: apart
-- Calls that have legs on either side of $1 or of $2, or further away, or had some that were
-- purged; where legs were picked ($3), their calls that have others.
insert into pg_temp.apart
select n.call_key
from pg_temp.near_leg n
where not $3::boolean or n.call_key in (select p.call_key from pg_temp.picked p)
group by n.call_key
having $3::boolean
    or min(n.started_at) < $1::timestamptz and max(n.started_at) >= $1::timestamptz
    or min(n.started_at) < $2::timestamptz and max(n.started_at) >= $2::timestamptz
union
select call_key from cdr.far_call
union
select call_key from cdr.truncated_call;

-- name: others_decided
-- The last run of another program than $1, 0 without one; and were numbers ever taken out?
select coalesce(max(run_id) filter (where program is distinct from $1), 0), coalesce(bool_or(kind = 'forget'), false)
from cdr.run;

-- name: pick
-- Of the legs to decide again those whose outcome may change.  Rule sets $6 differ
-- from ours in these values alone: rules $7, gateways $8, SIP codes $9, Q.850 causes $10,
-- hang-up causes $11, dispositions $12, providers $13.  That is no matter where another
-- program decided, up to run $4, or a run behind ours, $5; or, where $14, a number was taken
-- out.  What is not ASCII has letters that lower() does not know.
insert into pg_temp.picked
select category, count(*), started_at, call_key, leg_key
from (
    select p.category,
        case when p.is_picked then p.started_at end as started_at,
        case when p.is_picked then p.call_key end as call_key,
        case when p.is_picked then p.leg_key end as leg_key
    from (
        select l.category, l.started_at, l.call_key, l.leg_key, (
            coalesce(l.run_id <= $4::integer, true)
            or coalesce(l.run_id > $5::integer, false)
            or coalesce(l.ruleset_id <> all ($6::integer[]), true)
            or $14::boolean and l.evidence_hash in (0, uuid_hash_extended(l.leg_key, 1))
            or $7::text[] is not null and l.rule_id = any ($7::text[])
            or $8::text[] is not null
                and (lower(l.gateway) = any ($8::text[]) or octet_length(l.gateway) <> length(l.gateway))
            or $9::smallint[] is not null and l.sip_code = any ($9::smallint[])
            or $10::smallint[] is not null and l.q850 = any ($10::smallint[])
            or $11::text[] is not null
                and (lower(l.hangup_cause) = any ($11::text[]) or l.hangup_cause < 'A'
                    or octet_length(l.hangup_cause) <> length(l.hangup_cause))
            or $12::text[] is not null
                and (lower(coalesce(l.disposition, l.hangup_by)) = any ($12::text[])
                    or octet_length(coalesce(l.disposition, l.hangup_by))
                        <> length(coalesce(l.disposition, l.hangup_by)))
            or $13::text[] is not null and (lower(l.provider) = any ($13::text[])
                or octet_length(l.provider) <> length(l.provider))
            ) as is_picked
        from cdr.leg l
        where
        -- include rules/legs_of_slice
        offset 0
    ) p
) k
group by category, started_at, call_key, leg_key;

-- name: others
-- What of each category was not picked, and what was.
select category, coalesce(sum(legs) filter (where leg_key is null), 0)::bigint, count(leg_key)
from pg_temp.picked
group by category
order by category;

-- name: picked_legs
-- The legs that were picked, as legs has them, from $1 to $2.
copy (
    select
        -- include rules/leg_columns
        l.extra ->> 'network_addr', l.extra ->> 'sip_phrase',
        f.has_gateway, a.call_key is not null
    from pg_temp.picked p
    join cdr.leg l on l.started_at = p.started_at and l.call_key = p.call_key and l.leg_key = p.leg_key
    left join cdr.file f on f.file_id = l.file_id
    left join pg_temp.apart a on a.call_key = l.call_key
    where l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz
) to stdout (format binary);

-- name: legs
-- The legs to decide again.  Of extra come the two texts that rules read; then whether a row of
-- its file names a gateway, and whether its call is one of those apart.
copy (
    select
        -- include rules/leg_columns
        l.extra ->> 'network_addr', l.extra ->> 'sip_phrase',
        f.has_gateway, a.call_key is not null
    from cdr.leg l
    left join cdr.file f on f.file_id = l.file_id
    left join pg_temp.apart a on a.call_key = l.call_key
    where
    -- include rules/legs_of_slice
) to stdout (format binary);

-- name: changed_before
-- Has run $3 changed legs that start from $1 to $2 before?
select exists (
    select 1 from cdr.outcome_change
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz and run_id = $3::integer
);

-- name: prepare_again
-- Where what changes once more waits.
create temp table changed_again (like cdr.outcome_change including defaults) on commit drop;

-- name: history_again
-- A leg that another run spoilt meanwhile is changed twice: what it was first, and what it is
-- last.
insert into cdr.outcome_change
select * from pg_temp.changed_again
on conflict (started_at, leg_key, run_id) do update set
    new_category = excluded.new_category,
    new_confidence = excluded.new_confidence,
    new_alternatives = excluded.new_alternatives,
    new_rule_id = excluded.new_rule_id,
    new_provider = excluded.new_provider;

-- name: calls
-- The calls of legs that change; $1: those apart only.
insert into pg_temp.changed_call
select c.call_key, c.started_at
from pg_temp.changed c
where not $1::boolean or c.call_key in (select a.call_key from pg_temp.apart a);

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
-- Hours (since 1970) that have a part in [$1, $2) and were counted on another basis.  Of the
-- days that the roll-up has it tells.
with basis as materialized (
    select cdr.stat_basis() as now
), rolled as materialized (
    select r.starts_at, r.ends_at
    from cdr.rolled_day r
    where r.starts_at > $1::timestamptz - interval '2 days' and r.starts_at < $2::timestamptz and r.ends_at > $1::timestamptz
        and not exists (
            select 1 from cdr.stat_day d
            where d.starts_at = r.starts_at and d.basis is distinct from (select now from basis))
)
select distinct floor(extract(epoch from s.hour) / 3600)::bigint as hour
from cdr.stat_hour s
where s.hour = any (array(
        select h from generate_series(date_trunc('hour', $1::timestamptz, 'UTC'), $2::timestamptz, interval '1 hour') h
        where h < $2::timestamptz
            and not exists (select 1 from rolled r where h >= r.starts_at and h < r.ends_at)))
    and s.basis is distinct from (select now from basis)
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
