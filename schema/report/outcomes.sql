-- Outcomes by carrier, every combination, as shares of the carrier's; the last
-- carrier is all of them.  share_high counts ambiguous sets that hold the category.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
with counted as materialized (
    select case when grouped = 1 then m.carrier end as carrier, x.category, sum(x.sure) as n, sum(m.n) as n_high
    from (select value as zone from cdr.setting where setting = 'zone') z
    cross join cdr.measure_hour m
    cross join lateral (
        select m.category, m.n as sure
        union all
        select a, 0 from unnest(m.alternatives) a
    ) x
    cross join generate_series(1, 2) grouped
    where m.unit = $3
        and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
        and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
    group by 1, 2
), carriers as (
    select carrier, sum(n) as n from counted group by 1
), categories as (
    select category, sum(n) as n, sum(n_high) as n_high from counted where carrier is null group by 1
)
select
    coalesce(l.label_en, c.category) as label,
    coalesce(r.carrier, 'All') as carrier,
    coalesce(s.n, 0) as n,
    cdr.percent(coalesce(s.n, 0), r.n) as share,
    cdr.percent(coalesce(s.n_high, 0), r.n) as share_high
from carriers r
cross join categories c
left join cdr.category l on l.category = c.category
left join counted s on s.category = c.category and s.carrier is not distinct from r.carrier
order by c.n desc, c.n_high desc, c.category, r.carrier is null, r.n desc, r.carrier
