-- A period, and the legs that calls of it may have.

-- name: period
-- The period of a statement whose $1 is its beginning and $2 its end, instants (null: open),
-- and the zone of cdr.setting: one row.
select value as zone,
    coalesce($1::timestamptz, '-infinity') as starts_at,
    coalesce($2::timestamptz, 'infinity') as ends_at
from cdr.setting
where setting = 'zone'

-- name: report_days
-- The period of a report, one row: the one asked for ($1 beginning, $2 end, instants; null:
-- open) as far as its days are known.  Nulls when nothing is.  A day is shown by the hour.
select k.*, case when k.ends_at - k.starts_at <= interval '25 hours' then 'hour' else 'day' end as bucket,
    case when k.ends_at - k.starts_at <= interval '25 hours' then 'YYYY-MM-DD HH24:MI' else 'YYYY-MM-DD' end as slot
from (
    select z.value as zone, d.first_day, d.last_day,
        case when d.first_day is not null then greatest($1::timestamptz, d.first_day::timestamp at time zone z.value) end as starts_at,
        case when d.last_day is not null then least($2::timestamptz, (d.last_day + 1)::timestamp at time zone z.value) end as ends_at
    from cdr.setting z
    cross join lateral (
        select (min(s.hour) at time zone z.value)::date as first_day, (max(s.hour) at time zone z.value)::date as last_day
        from cdr.stat_hour s
        where s.hour >= coalesce($1::timestamptz, '-infinity') and s.hour < coalesce($2::timestamptz, 'infinity')
    ) d
    where z.setting = 'zone'
) k

-- name: report_leg_days
-- The period of a report's table that reads legs one by one: nothing where no day is known, and
-- nothing for over 100 days, whose legs would take minutes.
select k.*
from (
    -- include rules/report_days
) k
where k.ends_at - k.starts_at <= interval '100 days'

-- name: period_reach
-- Declarations of a function of calls from period_from to period_to: where the legs begin and
-- end that such calls may have, and the starts of those that lie outside (cdr.far_call).
first_leg timestamptz := cdr.call_reach_before(period_from);
next_leg timestamptz := cdr.call_reach_after(period_to);
far_keys uuid[] := array(
    select distinct f.call_key from cdr.far_call f where f.started_at >= first_leg and f.started_at < next_leg);
far_starts timestamptz[] := array(
    select f.started_at from cdr.far_call f
    where f.call_key = any (far_keys) and (f.started_at < first_leg or f.started_at >= next_leg));

-- name: near_legs
-- The legs that calls of a period may have.  first_leg and next_leg: the period, and a day
-- more on either side.
select * from cdr.leg where started_at >= first_leg and started_at < next_leg

-- name: far_legs
-- And those of calls that reach further: they are known by their starts.
select * from cdr.leg where started_at >= first_leg and started_at < next_leg
union all
select * from cdr.leg
where started_at = any (far_starts) and call_key = any (far_keys) and (started_at < first_leg or started_at >= next_leg)

-- name: legs_of_period
-- Legs of the calls that start in [period_from, period_to).
select * from cdr.leg
where started_at >= cdr.call_reach_before(period_from) and started_at < cdr.call_reach_after(period_to)
