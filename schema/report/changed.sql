-- Unanswered attempts whose outcome is not what the hang-up cause alone says.
-- $1 beginning, $2 end (instants; null: open), $3 language, $4 "others" in it.
with period as (
    -- include rules/report_days
), named as (
    select category, case $3 when 'uk' then label_uk when 'ru' then label_ru else label_en end as label
    from cdr.category
), counted as (
    select
        coalesce(v.label, m.naive_category) as naive,
        coalesce(c.label, m.category) as recomputed,
        array_to_string(array(select coalesce(l.label, a) from unnest(m.alternatives) with ordinality as u(a, place)
            left join named l on l.category = a order by place), ', ') as candidates,
        sum(m.recategorised) as n
    from period p
    cross join cdr.measure_hour m
    left join named c on c.category = m.category
    left join named v on v.category = m.naive_category
    where m.unit = 'attempt' and m.recategorised > 0 and m.hour >= p.starts_at and m.hour < p.ends_at
    group by 1, 2, 3
), placed as (
    select c.*, row_number() over (order by n desc, naive, recomputed, candidates) as place, count(*) over () as kinds
    from counted c
)
select case when kinds <= 8 or place < 8 then naive else $4::text || ': ' || (kinds - 7) end as naive,
    case when kinds <= 8 or place < 8 then recomputed else '' end as recomputed,
    case when kinds <= 8 or place < 8 then candidates else '' end as candidates, sum(n) as n
from placed
group by 1, 2, 3
order by min(place)
