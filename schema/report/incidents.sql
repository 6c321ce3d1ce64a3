-- When a carrier's network failed far more often than it does.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select
    i.carrier,
    to_char(i.starts_at at time zone p.zone, 'Dy FMDD Mon, HH24:MI') || ' to '
        || to_char(i.ends_at at time zone p.zone, 'HH24:MI') as period,
    i.failed, i.seizures, i.share, i.otherwise
from period p
cross join lateral cdr.incidents_between(p.starts_at, p.ends_at) i
order by i.failed desc, i.starts_at, i.carrier
limit 8
