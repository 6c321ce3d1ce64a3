-- Callers by queue, and those who called more than once.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select c.key, c.inbound, c.callers, c.repeat_callers, c.repeat_calls, c.repeat_share
from period p
cross join lateral cdr.callers_between(p.starts_at, p.ends_at, 'queue') c
order by c.inbound desc, c.key
