-- What became of them, day by day: a row a day and group of outcomes.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select
    to_char(m.hour at time zone p.zone, 'YYYY-MM-DD') as day,
    to_char(m.hour at time zone p.zone, 'Dy FMDD Mon') as label,
    case when c.is_undetermined then 'undetermined' else c.outcome_group end as outcome_group,
    sum(m.n) as n
from period p
cross join cdr.measure_hour m
join cdr.category c on c.category = m.category
where m.unit = $3
    and m.hour >= p.starts_at
    and m.hour < p.ends_at
group by 1, 2, 3
order by 1, min(array_position(array['answered', 'subscriber', 'undetermined', 'caller', 'network', 'system'],
    case when c.is_undetermined then 'undetermined' else c.outcome_group end))
