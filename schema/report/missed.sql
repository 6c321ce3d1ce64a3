-- Missed inbound calls by queue, and how many were returned.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select m.key, m.missed, m.called_back, m.called_again, m.open, m.no_number, m.returned_share, m.median_seconds
from period p
cross join lateral cdr.missed_kpi_between(p.starts_at, p.ends_at, 'queue') m
order by m.missed desc, m.key
