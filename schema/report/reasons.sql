-- Why attempts reached nobody: the most frequent outcomes, of all that left for a carrier.
-- $1 beginning, $2 end (instants; null: open), $3 language.
with period as (
    -- include rules/report_days
), counted as (
    select m.category, sum(m.unanswered) as n, sum(sum(m.seizures)) over () as seizures
    from period p
    cross join cdr.measure_hour m
    where m.unit = 'attempt' and m.hour >= p.starts_at and m.hour < p.ends_at
    group by m.category
)
select case $3 when 'uk' then c.label_uk when 'ru' then c.label_ru else c.label_en end as label, t.n,
    cdr.percent(t.n, t.seizures) as share
from counted t
join cdr.category c on c.category = t.category
where t.n > 0
order by t.n desc, t.category
limit 4
