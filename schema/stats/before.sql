-- The headline figures against the period before, and the same weekdays of the weeks before.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select coalesce(d.name, case c.measure when 'attempts' then 'Attempts' when 'inbound' then 'Inbound calls' else c.measure end) as key, c.unit,
    case c.unit when 'count' then trim_scale(c.value) else c.value end as value, c.ci_low, c.ci_high,
    case c.unit when 'count' then trim_scale(c.before) else c.before end as before, c.against_before,
    case c.unit when 'count' then trim_scale(c.habit) else c.habit end as habit, c.against_habit, c.habit_periods
from period p
cross join lateral cdr.compared_between(p.starts_at, p.ends_at) c
left join cdr.kpi_definition d on d.kpi = c.measure
