-- Statistics follow the legs, in the order in which it is sent.

-- name: prepare
-- All legs of calls that change: as they were, and then as they are.  Made once a session:
-- a file of a thousand rows would spend half its time here.
create temp table call_leg (like cdr.leg) on commit delete rows;

-- name: basis
-- What counting depends on besides legs: a row a category, and in each of them the settings
-- and the fingerprint of all.
select k.category, k.delivered,
    (select value::integer from cdr.setting where setting = 'short_call_seconds') as short_call,
    (select value::integer from cdr.setting where setting = 'service_seconds') as service,
    (select value::integer from cdr.setting where setting = 'soon_seconds') as soon,
    (select cdr.stat_basis()) as fingerprint
from cdr.category k;

-- name: call_hours
-- Hours of legs of other files that share a call with a leg of file $3, whose
-- legs start from $1 to $2: such a call changes with us.
with mine as materialized (
    select distinct call_key from cdr.leg
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz
        and file_id = $3::integer
), others as materialized (
    select call_key, started_at from cdr.leg
    where started_at >= cdr.call_reach_before($1::timestamptz)
        and started_at <= cdr.call_reach_after($2::timestamptz)
        and file_id is distinct from $3::integer
)
select distinct floor(extract(epoch from others.started_at) / 3600)::bigint
from others join mine using (call_key);

-- name: shared_others
-- Legs of other files that share a call with a leg of file $3, whose legs start from $1 to
-- $2.  Keys are joined first: whole rows would be too wide to be hashed.
insert into pg_temp.call_leg
with mine as materialized (
    select distinct call_key from cdr.leg
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz
        and file_id = $3::integer
), others as materialized (
    select started_at, call_key, leg_key from cdr.leg
    where started_at >= cdr.call_reach_before($1::timestamptz)
        and started_at <= cdr.call_reach_after($2::timestamptz)
        and file_id is distinct from $3::integer
), shared as materialized (
    select o.* from others o join mine m on m.call_key = o.call_key
)
select l.*
from cdr.leg l
join shared s on s.started_at = l.started_at and s.call_key = l.call_key and s.leg_key = l.leg_key
where l.started_at >= cdr.call_reach_before($1::timestamptz)
    and l.started_at <= cdr.call_reach_after($2::timestamptz);

-- name: shared_aside
-- The legs of others, aside, so that the legs of this file are counted by themselves.
create temp table shared on commit drop as table pg_temp.call_leg;
truncate pg_temp.call_leg;

-- name: shared_own
-- The legs of file $3 of the calls in pg_temp.shared.  Arguments as in shared_others.
insert into pg_temp.call_leg
select l.*
from cdr.leg l
join (select distinct call_key from pg_temp.shared) s on s.call_key = l.call_key
where l.started_at >= $1::timestamptz and l.started_at <= $2::timestamptz
    and l.file_id = $3::integer;

-- name: shared_back
-- They come back: the calls are whole.
insert into pg_temp.call_leg table pg_temp.shared;

-- name: groups
-- What the statistics hold of the hours $1 (since 1970) and the categories $2, and where each
-- row stands.
select s.*, s.ctid::text as place
from cdr.stat_hour s
where s.hour = any (array(select to_timestamp(h * 3600) from unnest($1::bigint[]) h))
    and s.category = any ($2::text[]);

-- name: replaced
-- Rows that others take the place of, by where they stand ($1): only whoever holds the lock
-- writes statistics.
delete from cdr.stat_hour where ctid = any ($1::tid[]);

-- name: far_hours
-- Hours (since 1970) of calls that reach further than a day and have a leg in one of the hours
-- $1: what they count for stands in the first of them.
select distinct floor(extract(epoch from o.started_at) / 3600)::bigint
from cdr.far_call f
join cdr.far_call o on o.call_key = f.call_key
where floor(extract(epoch from f.started_at) / 3600)::bigint = any ($1::bigint[]);

-- name: delete
-- Forget what the statistics say of the hours $3 (since 1970) between $1 and $2.  Those
-- of a purged month can never be counted again.
delete from cdr.stat_hour s
where s.hour >= $1::timestamptz and s.hour < $2::timestamptz
    and s.hour = any (array(select to_timestamp(h * 3600) from unnest($3::bigint[]) h))
    and not exists (
        select 1 from cdr.purged_month p
        where s.hour >= p.month::timestamp at time zone 'UTC'
            and s.hour < (p.month + interval '1 month') at time zone 'UTC');

-- name: is_left
-- Do the statistics still know hours between $1 and $2?
select exists (
    select 1 from cdr.stat_hour where hour >= $1::timestamptz and hour < $2::timestamptz
);

-- name: build
-- Count and add up the hours $3 (since 1970; null: all) between $1 and $2 anew.
insert into cdr.stat_hour
select * from cdr.hours_between($1::timestamptz, $2::timestamptz)
where $3::bigint[] is null
    or hour = any (array(select to_timestamp(h * 3600) from unnest($3::bigint[]) h));

-- name: is_unjoined
-- Is there a file whose legs were not held against those of others?
select exists (select 1 from cdr.file where not is_joined and verdict = 'loaded');

-- name: join_far_calls
-- Note the calls that reach further than a day; the hours (since 1970) that change.
select hour from cdr.join_far_calls() hour;

-- name: differing
-- Hours of [$1, $2) whose statistics are not what counting their legs gives, since 1970, and
-- how many of their groups differ.  Those of a purged month cannot be counted any more.
with counted as materialized (
    select * from cdr.hours_between($1::timestamptz, $2::timestamptz)
), stored as materialized (
    select * from cdr.stat_hour where hour >= $1::timestamptz and hour < $2::timestamptz
), differing as (
    (select * from counted except all select * from stored)
    union all
    (select * from stored except all select * from counted)
)
select floor(extract(epoch from d.hour) / 3600)::bigint as hour, count(*) as groups
from differing d
where not exists (
    select 1 from cdr.purged_month p
    where d.hour >= p.month::timestamp at time zone 'UTC'
        and d.hour < (p.month + interval '1 month') at time zone 'UTC')
group by d.hour
order by d.hour;
