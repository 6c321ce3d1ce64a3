-- The headlines, each beside the period before and the same weekdays' habit.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select c.*
from period p
cross join lateral cdr.compared_between(p.starts_at, p.ends_at) c
