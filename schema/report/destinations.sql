-- Destinations by the operator of their range; those behind the ninth are one row.
-- $1 beginning, $2 end (instants; null: open), $3 "others" in the page's language.
with period as (
    -- include rules/report_days
), placed as (
    select d.*, row_number() over (order by d.seizures desc, d.country, d.operator) as place, count(*) over () as destinations
    from period p
    cross join lateral cdr.destinations_between(p.starts_at, p.ends_at, 'operator') d
)
select case when destinations <= 10 or place < 10 then operator else $3::text || ': ' || (destinations - 9) end as operator,
    case when destinations <= 10 or place < 10 then country else '' end as country,
    sum(attempts) as attempts, sum(seizures) as seizures, cdr.percent(sum(persons), sum(seizures)) as person,
    cdr.percent(sum(answered), sum(seizures)) as asr, sum(minutes) as minutes
from placed
group by 1, 2
order by min(place)
