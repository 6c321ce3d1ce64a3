-- Agents, the busiest first; those behind the 14th are one row.
-- $1 beginning, $2 end (instants; null: open), $3 "others" in the page's language.
with period as (
    -- include rules/report_days
), placed as (
    select a.*, p.zone, row_number() over (order by a.offered + a.placed desc, a.agent) as place, count(*) over () as agents
    from period p
    cross join lateral cdr.agent_between(p.starts_at, p.ends_at) a
)
select case when agents <= 15 or place < 15 then agent else $3::text || ': ' || (agents - 14) end as agent,
    sum(offered) as offered, sum(answered) as answered, sum(missed) as missed, sum(placed) as placed,
    sum(talk_seconds) as talk_seconds, sum(hold_seconds) as hold_seconds,
    round(sum(handling_seconds) / nullif(sum(handling_n), 0), 1) as aht,
    to_char(min(first_at) at time zone min(zone), 'YYYY-MM-DD HH24:MI') as first_at,
    to_char(max(last_at) at time zone min(zone), 'YYYY-MM-DD HH24:MI') as last_at
from placed
group by 1
order by min(place)
