-- Missed calls day by day, and whether they were returned.  $1 beginning, $2 end (instants;
-- null: open).
with period as (
    -- include rules/period
)
select m.key, m.missed, m.returned, m.called_back, m.called_again, m.open, m.no_number, m.returned_share,
    m.returned_share_ci_low, m.returned_share_ci_high, round((m.median_seconds / 60)::numeric, 1) as median_minutes,
    round(m.returned_share / 100, 4) as bar
from period p
cross join lateral cdr.missed_kpi_between(p.starts_at, p.ends_at, 'day') m
order by 1
