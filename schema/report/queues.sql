-- Inbound calls by queue; without one the name is null.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select i.key as queue, i.inbound, i.by_person, i.by_flow, i.abandoned, i.inbound_person as person, i.inbound_person_ci_low as person_ci_low,
    i.inbound_person_ci_high as person_ci_high, i.inbound_abandon as abandon,
    i.service_level, i.mean_wait, i.aht
from period p
cross join lateral cdr.inbound_between(p.starts_at, p.ends_at, 'all', 'queue') i
order by i.inbound desc, i.key
