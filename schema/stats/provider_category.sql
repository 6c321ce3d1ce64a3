-- Outcomes by carrier: how many, and their share of the carrier's.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
select carrier, category, n, n_high,
    cdr.percent(n, sum(n) over of_carrier) as share,
    cdr.percent(n_high, sum(n) over of_carrier) as share_high,
    case when n_high > n then 'up to ' || round(cdr.percent(n_high, sum(n) over of_carrier), 1) else '' end as range,
    round(n / nullif(sum(n) over of_carrier, 0), 4) as bar
from (
    select m.carrier, x.category, sum(x.sure) as n, sum(m.n) as n_high
    from (select value as zone from cdr.setting where setting = 'zone') z
    cross join cdr.measure_hour m
    cross join lateral (
        select m.category, m.n as sure
        union all
        select a, 0 from unnest(m.alternatives) a
    ) x
    where m.unit = $3
        and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
        and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
    group by 1, 2
) s
window of_carrier as (partition by carrier)
order by sum(n) over of_carrier desc, carrier, n desc, n_high desc, category
