-- Statistics follow the legs, in the order in which it is sent.

-- name: prepare
-- The calls that change: a row for each leg of theirs that does, where it is or will be.  Made
-- once a session: a file of a thousand rows would spend half its time here.
create temp table changed_call (call_key uuid, started_at timestamptz) on commit delete rows;

-- name: basis
-- What counting depends on besides legs: a row a category, and in each of them the settings
-- and the fingerprint of all.
select k.category, k.delivered,
    (select value::integer from cdr.setting where setting = 'short_call_seconds') as short_call,
    (select value::integer from cdr.setting where setting = 'service_seconds') as service,
    (select value::integer from cdr.setting where setting = 'soon_seconds') as soon,
    (select cdr.stat_basis()) as fingerprint
from cdr.category k;

-- name: file_calls
-- The calls of file $3, whose legs start from $1 to $2.
insert into pg_temp.changed_call
select call_key, started_at from cdr.leg
where started_at >= $1::timestamptz and started_at <= $2::timestamptz and file_id = $3::integer;

-- name: shared_calls
-- The calls of file $3, whose legs start from $1 to $2, of which other files have legs.
insert into pg_temp.changed_call
select c.call_key, c.started_at from cdr.shared_calls($3::integer, $1::timestamptz, $2::timestamptz) c;

-- name: reach
-- Between which starts, in ms since 1970, the legs of the calls that change are; null: none does.
with chosen as (
    select c.call_key, c.started_at from pg_temp.changed_call c
), span as (
    select cdr.call_reach_before(min(c.started_at)) as first_at, cdr.call_reach_after(max(c.started_at)) as last_at
    from chosen c
    union all
    select min(f.started_at), max(f.started_at) from cdr.far_call f where f.call_key in (select c.call_key from chosen c)
)
select floor(extract(epoch from min(s.first_at)) * 1000)::bigint, ceil(extract(epoch from max(s.last_at)) * 1000)::bigint
from span s;

-- name: calls
-- The legs of the calls that change, call by call; whether a row of their file names a gateway,
-- and whether the first part of their call was purged.
copy (
    select
        -- include rules/leg_columns
        l.has_gateway, l.is_truncated
    from (
        select l.*, f.has_gateway, k.call_key is not null as is_truncated
        from cdr.leg l
        join (select distinct call_key from pg_temp.changed_call) c on c.call_key = l.call_key
        left join cdr.file f on f.file_id = l.file_id
        left join cdr.truncated_call k on k.call_key = l.call_key
        where l.started_at >= $1::timestamptz and l.started_at <= $2::timestamptz
    ) l
    order by l.call_key
) to stdout (format binary);

-- name: groups
-- What the statistics hold of the hours $1 (ms since 1970) and the categories $2, and where
-- each row stands.
select s.*, s.ctid::text as place
from cdr.stat_hour s
where s.ctid = any ((select cdr.stat_places(false, $1::bigint[], $2::text[]))::tid[]);

-- name: day_groups
-- The same of the days that begin at $1.
select s.*, s.ctid::text as place
from cdr.stat_day s
where s.ctid = any ((select cdr.stat_places(true, $1::bigint[], $2::text[]))::tid[]);

-- name: replaced
-- Rows that others take the place of, by where they stand ($1): only whoever holds the lock
-- writes statistics.
delete from cdr.stat_hour where ctid = any ($1::tid[]);

-- name: replaced_of_days
delete from cdr.stat_day where ctid = any ($1::tid[]);

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

-- name: build
-- Count and add up the hours $3 (since 1970) between $1 and $2 anew.
insert into cdr.stat_hour
select * from cdr.hours_between($1::timestamptz, $2::timestamptz)
where hour = any (array(select to_timestamp(h * 3600) from unnest($3::bigint[]) h));

-- name: unroll
-- The days of the hours $1 (since 1970) are not in the roll-up any more: a probe an hour, of
-- whatever zone the days are.
with hit as materialized (
    select distinct d.starts_at
    from unnest($1::bigint[]) h
    cross join lateral (
        select r.starts_at, r.ends_at
        from cdr.rolled_day r
        where r.starts_at <= to_timestamp(h * 3600)
        order by r.starts_at desc
        limit 1
    ) d
    where d.ends_at > to_timestamp(h * 3600)
    order by d.starts_at
), gone as (
    delete from cdr.rolled_day r using hit where r.starts_at = hit.starts_at
    returning r.starts_at
)
delete from cdr.stat_day d using gone where d.starts_at = gone.starts_at;

-- name: day
-- The day of the hour $1 where the roll-up has it, which nobody else changes then until we are
-- done; else from there to the next day that it has: beginning and end, ms since 1970.
with hit as (
    update cdr.rolled_day r set zone = r.zone
    where r.starts_at = (select max(x.starts_at) from cdr.rolled_day x where x.starts_at <= $1::timestamptz)
        and r.ends_at > $1::timestamptz
    returning r.starts_at, r.ends_at
), day as (
    select h.starts_at, h.ends_at, true as is_rolled from hit h
    union all
    select $1::timestamptz, (select min(x.starts_at) from cdr.rolled_day x where x.starts_at > $1::timestamptz), false
    where not exists (select 1 from hit)
)
select floor(extract(epoch from d.starts_at) * 1000)::bigint,
    coalesce(floor(extract(epoch from d.ends_at) * 1000)::bigint, 9223372036854775807), d.is_rolled
from day d;

-- name: new_day
-- The day of the hour $1, which the roll-up does not have: beginning and end, ms since 1970, and
-- zone; and whether it could come in: its hours all lie from $2 to $3, and there is nothing of it.
select floor(extract(epoch from d.starts_at) * 1000)::bigint, floor(extract(epoch from d.ends_at) * 1000)::bigint, d.zone,
    d.starts_at >= date_trunc('hour', $2::timestamptz, 'UTC')
        and d.ends_at <= date_trunc('hour', $3::timestamptz, 'UTC') + interval '1 hour'
        and date_trunc('day', d.ends_at - interval '1 hour', d.zone) = d.starts_at
        and not exists (select 1 from cdr.rolled_day r where r.starts_at < d.ends_at and r.ends_at > d.starts_at)
        and not exists (select 1 from cdr.stat_hour s where s.hour >= d.starts_at and s.hour < d.ends_at)
from (
    select day at time zone z.value as starts_at, (day + interval '1 day') at time zone z.value as ends_at, z.value as zone
    from cdr.setting z
    cross join lateral date_trunc('day', $1::timestamptz at time zone z.value) day
    where z.setting = 'zone'
) d;

-- name: rolled
-- The day from $1 to $2 (ms since 1970) of the zone $3 is in the roll-up.
insert into cdr.rolled_day (starts_at, ends_at, zone)
values (to_timestamp($1::bigint / 1000.0), to_timestamp($2::bigint / 1000.0), $3::text);

-- name: zone
-- Whose days they are.
select value from cdr.setting where setting = 'zone';

-- name: unroll_zone
-- Days of another zone than $1 go from the roll-up.
with gone as (
    delete from cdr.rolled_day r where r.zone <> $1::text
    returning r.starts_at
)
delete from cdr.stat_day d using gone where d.starts_at = gone.starts_at;

-- name: is_unrolled
-- Is the roll-up behind?
select exists (select 1 from cdr.unrolled_day)
    or exists (
        select 1 from cdr.rolled_day r join cdr.setting z on z.setting = 'zone' and z.value <> r.zone) as is_unrolled;

-- name: roll
-- Up to $2 days of the zone $1 that it lacks come into the roll-up.
with due as materialized (
    select u.starts_at, u.ends_at from cdr.unrolled_day u order by u.starts_at limit $2::bigint
), stored as (
    insert into cdr.stat_day
    select x.* from due d cross join lateral cdr.days_between(d.starts_at, d.ends_at) x
)
insert into cdr.rolled_day (starts_at, ends_at, zone)
select d.starts_at, d.ends_at, $1::text from due d;

-- name: is_unjoined
-- Is there a file whose legs were not held against those of others?
select exists (select 1 from cdr.file where not is_joined and verdict = 'loaded');

-- name: join_far_calls
-- Note the calls that reach further than a day; the hours (since 1970) that change.
select hour from cdr.join_far_calls() hour;

-- name: next_hour
-- The first hour of [$1, $2), since 1970, that has legs or statistics or begins a day of the
-- roll-up; that of $2 where none has.
select floor(extract(epoch from coalesce(
    least(
        (select min(l.started_at) from cdr.leg l where l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz),
        (select min(s.hour) from cdr.stat_hour s where s.hour >= $1::timestamptz and s.hour < $2::timestamptz),
        (select min(d.starts_at) from cdr.rolled_day d where d.starts_at >= $1::timestamptz and d.starts_at < $2::timestamptz)),
    $2::timestamptz)) / 3600)::bigint as hour;

-- name: differing
-- Hours of [$1, $2) whose statistics are not what counting their legs gives, and days in the
-- roll-up, of those that begin there, that are not the sum of their hours: the hour, or the first
-- of the day, since 1970, and how many of its groups differ.  Hours of a purged month cannot be
-- counted any more.
with counted as materialized (
    select * from cdr.hours_between($1::timestamptz, $2::timestamptz)
), stored as materialized (
    select * from cdr.stat_hour where hour >= $1::timestamptz and hour < $2::timestamptz
), differing as (
    (select * from counted except all select * from stored)
    union all
    (select * from stored except all select * from counted)
), day as materialized (
    select w.starts_at, w.ends_at from cdr.whole_day w where w.starts_at >= $1::timestamptz and w.starts_at < $2::timestamptz
), counted_day as materialized (
    select x.* from day d cross join lateral cdr.days_between(d.starts_at, d.ends_at) x
), stored_day as materialized (
    select s.* from day d join cdr.stat_day s on s.starts_at = d.starts_at
), differing_day as (
    (select * from counted_day except all select * from stored_day)
    union all
    (select * from stored_day except all select * from counted_day)
)
select k.is_day, floor(extract(epoch from k.at) / 3600)::bigint as hour, count(*) as groups
from (
    select false as is_day, d.hour as at
    from differing d
    where not exists (
        select 1 from cdr.purged_month p
        where d.hour >= p.month::timestamp at time zone 'UTC'
            and d.hour < (p.month + interval '1 month') at time zone 'UTC')
    union all
    select true, f.starts_at from differing_day f
) k
group by k.is_day, k.at
order by k.is_day, k.at;
