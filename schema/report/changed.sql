-- Unanswered ones whose outcome is not what the hang-up cause alone says.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select
    coalesce(v.label_en, m.naive_category) as naive,
    coalesce(c.label_en, m.category) as recomputed,
    array_to_string(array(select coalesce(l.label_en, a) from unnest(m.alternatives) with ordinality as u(a, place)
        left join cdr.category l on l.category = a order by place), ' or ') as candidates,
    sum(m.recategorised) as n
from period p
cross join cdr.measure_hour m
left join cdr.category c on c.category = m.category
left join cdr.category v on v.category = m.naive_category
where m.unit = $3 and m.recategorised > 0
    and m.hour >= p.starts_at
    and m.hour < p.ends_at
group by 1, 2, 3
order by 4 desc, 1, 2, 3
limit 12
