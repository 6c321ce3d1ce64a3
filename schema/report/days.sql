-- Both directions by day (of one day: by hour) in figures.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
), outbound as (
    select k.*
    from period p
    cross join lateral cdr.kpi_between(p.starts_at, p.ends_at, 'attempt', p.bucket) k
), inbound as (
    select i.*
    from period p
    cross join lateral cdr.inbound_between(p.starts_at, p.ends_at, p.bucket) i
)
select to_char(coalesce(o.at, i.at) at time zone (select zone from period), (select slot from period)) as day,
    o.n as attempts, o.person_low as person, o.machine_low as machine, o.asr, i.inbound, i.inbound_person,
    i.inbound_abandon as abandon
from outbound o
full join inbound i on i.at = o.at
order by coalesce(o.at, i.at)
