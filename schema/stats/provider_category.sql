-- Outcomes by carrier: how many, and their share of the carrier's.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select carrier, category, n, n_high,
    cdr.percent(n, sum(n) over of_carrier) as share,
    cdr.percent(n_high, sum(n) over of_carrier) as share_high,
    case when n_high > n then 'up to ' || round(cdr.percent(n_high, sum(n) over of_carrier), 1) else '' end as range,
    round(n / nullif(sum(n) over of_carrier, 0), 4) as bar
from (
    select m.carrier, x.category, sum(x.sure) as n, sum(m.n) as n_high
    from period p
    cross join cdr.measure_hour m
    cross join lateral (
        select m.category, m.n as sure
        union all
        select a, 0 from unnest(m.alternatives) a
    ) x
    where m.unit = $3
        and m.hour >= p.starts_at
        and m.hour < p.ends_at
    group by 1, 2
) s
window of_carrier as (partition by carrier)
order by sum(n) over of_carrier desc, carrier, n desc, n_high desc, category
