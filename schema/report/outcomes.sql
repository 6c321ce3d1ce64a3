-- Outcomes by carrier, every combination, as shares of the carrier's; small carriers
-- are one column when there are many, and the last column is all of them.
-- share_high counts ambiguous sets that hold the category.
-- $1 beginning, $2 end (instants; null: open), $3 language, $4 "others" and $5 "all" in it.
with period as (
    -- include rules/report_days
), known as materialized (
    select m.carrier, x.category, sum(x.sure) as n, sum(m.n) as n_high
    from period p
    cross join cdr.measure_hour m
    cross join lateral (
        select m.category, m.n as sure
        union all
        select a, 0 from unnest(m.alternatives) a
    ) x
    where m.unit = 'attempt'
        and m.hour >= p.starts_at
        and m.hour < p.ends_at
    group by 1, 2
), placed as (
    select carrier, row_number() over (order by sum(n) desc, carrier) as place, count(*) over () as carriers
    from known
    group by carrier
), named as (
    select carrier, least(place, case when carriers <= 7 then place else 7 end) as place,
        case when carriers <= 7 or place < 7 then nullif(carrier, '(none)') else $4::text || ': ' || (carriers - 6) end as name
    from placed
    union all
    select carrier, 8, $5::text from placed
), counted as (
    select c.place, c.name, k.category, sum(k.n) as n, sum(k.n_high) as n_high
    from known k
    join named c on c.carrier = k.carrier
    group by 1, 2, 3
), totals as (
    select place, name, sum(n) as n from counted group by 1, 2
), categories as (
    select category, n, n_high from counted where place = 8
)
select c.category,
    coalesce(case $3 when 'uk' then l.label_uk when 'ru' then l.label_ru else l.label_en end, c.category) as label,
    t.name as carrier,
    coalesce(s.n, 0) as n,
    cdr.percent(coalesce(s.n, 0), t.n) as share,
    cdr.percent(coalesce(s.n_high, 0), t.n) as share_high
from totals t
cross join categories c
left join cdr.category l on l.category = c.category
left join counted s on s.category = c.category and s.place = t.place
order by c.n desc, c.n_high desc, c.category, t.place
