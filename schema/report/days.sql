-- What became of them, day by day: a row a day and group of outcomes.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
select
    to_char(m.hour at time zone z.zone, 'YYYY-MM-DD') as day,
    to_char(m.hour at time zone z.zone, 'Dy FMDD Mon') as label,
    case when c.category = 'UNDETERMINED' then 'undetermined' else c.outcome_group end as outcome_group,
    sum(m.n) as n
from (select value as zone from cdr.setting where setting = 'zone') z
cross join cdr.measure_hour m
join cdr.category c on c.category = m.category
where m.unit = $3
    and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
    and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
group by 1, 2, 3
order by 1, min(array_position(array['answered', 'subscriber', 'undetermined', 'caller', 'network', 'system'],
    case when c.category = 'UNDETERMINED' then 'undetermined' else c.outcome_group end))
