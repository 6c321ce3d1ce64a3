-- What employees did.  $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select a.agent as key, a.offered, a.answered, a.missed, a.elsewhere, a.placed, a.placed_answered,
    round(a.talk_seconds / 60.0, 1) as talk_minutes, round(a.hold_seconds / 60.0, 1) as hold_minutes, a.aht,
    to_char(a.first_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as first_at,
    to_char(a.last_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as last_at, a.days
from period p
cross join lateral cdr.agent_between(p.starts_at, p.ends_at) a
order by a.offered + a.placed desc, 1
