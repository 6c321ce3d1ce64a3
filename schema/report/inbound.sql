-- What became of inbound calls, by day (of one day: by hour).
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select to_char(i.at at time zone p.zone, p.slot) as at, x.part, sum(x.n) as n
from period p
cross join lateral cdr.inbound_between(p.starts_at, p.ends_at, p.bucket) i
cross join lateral (values (1, 'person', i.by_person), (2, 'machine', i.by_flow), (3, 'caller', i.abandoned),
    (4, 'system', i.unanswered_other)) x(place, part, n)
where x.n > 0
group by 1, x.place, x.part
order by 1, x.place
