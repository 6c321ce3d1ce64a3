-- Hours in which a carrier's network failed far more often than it does: at least
-- five failures, and the interval of their share lies above twice the usual and
-- five points.  Hours in a row are one incident.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
with hourly as materialized (
    select m.hour, m.carrier, sum(m.seizures) as seizures,
        coalesce(sum(m.n) filter (where c.outcome_group = 'network'), 0) as failed
    from (select value as zone from cdr.setting where setting = 'zone') z
    cross join cdr.measure_hour m
    join cdr.category c on c.category = m.category
    where m.unit = $3
        and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
        and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
    group by 1, 2
), usual as (
    select carrier, cdr.percent(sum(failed), sum(seizures)) as share
    from hourly
    group by 1
), bad as (
    select h.*, h.hour - row_number() over (partition by h.carrier order by h.hour) * interval '1 hour' as island
    from hourly h
    join usual u on u.carrier = h.carrier
    where h.failed >= 5 and cdr.wilson_low(h.failed, h.seizures) > 2 * u.share + 5
)
select
    b.carrier,
    to_char(min(b.hour) at time zone z.value, 'Dy FMDD Mon, HH24:MI') || ' to '
        || to_char((max(b.hour) + interval '1 hour') at time zone z.value, 'HH24:MI') as period,
    sum(b.failed) as failed,
    sum(b.seizures) as seizures,
    cdr.percent(sum(b.failed), sum(b.seizures)) as share,
    (select cdr.percent(sum(h.failed), sum(h.seizures)) from hourly h
     where h.carrier = b.carrier and h.hour not in (select x.hour from bad x where x.carrier = b.carrier)) as otherwise
from bad b
join cdr.setting z on z.setting = 'zone'
group by b.carrier, b.island, z.value
order by sum(b.failed) desc, min(b.hour), b.carrier
limit 8
