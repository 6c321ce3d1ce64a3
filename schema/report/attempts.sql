-- What became of attempts: a row a day (of one day: an hour) and part, which is a person, a
-- machine, or the group of the outcome.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select to_char(m.hour at time zone p.zone, p.slot) as at, x.part, sum(x.n) as n
from period p
cross join cdr.measure_hour m
join cdr.category c on c.category = m.category
cross join lateral (values
    (1, 'person', m.persons),
    (2, 'machine', m.machines),
    (3, 'answered', m.answered - m.persons - m.machines),
    (case c.outcome_group when 'subscriber' then 4 when 'caller' then 6 when 'network' then 7 when 'system' then 8 else 5 end,
        case when c.outcome_group in ('subscriber', 'caller', 'network', 'system') then c.outcome_group else 'undetermined' end,
        m.n - m.answered)
) x(place, part, n)
where m.unit = 'attempt' and m.hour >= p.starts_at and m.hour < p.ends_at
group by 1, x.place, x.part
having sum(x.n) > 0
order by 1, x.place
