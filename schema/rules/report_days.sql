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
