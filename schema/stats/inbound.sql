-- Inbound calls by $4: day, queue or direction.  $1 beginning, $2 end (instants; null: open),
-- $3 is call.
with period as (
    -- include rules/period
)
select
    coalesce(case when $4 = 'inbound' then to_char(i.at at time zone p.zone, 'YYYY-MM-DD') else i.key end, '(none)') as key,
    i.inbound, i.by_person, i.by_flow, i.abandoned, i.unanswered_other,
    i.inbound_person, i.inbound_person_ci_low, i.inbound_person_ci_high,
    i.inbound_abandon, i.inbound_abandon_ci_low, i.inbound_abandon_ci_high,
    i.service_level, i.service_level_n, i.mean_wait, i.aht, i.talk_minutes,
    round(i.by_person / nullif(i.inbound, 0), 4) as bar
from period p
cross join lateral cdr.inbound_between(p.starts_at, p.ends_at, case when $4 = 'inbound' then 'day' else 'all' end,
    case when $4 = 'inbound' then 'all' else $4 end) i
where $3::text = 'call'
order by i.at, i.inbound desc, 1
