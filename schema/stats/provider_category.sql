-- Outcomes of attempts by carrier: how many, and their share of the carrier's.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
with zone as (
    select value as name from cdr.setting where setting = 'zone'
), counted as (
    select coalesce(s.provider, '(none)') as provider, s.category, sum(s.n) as n
    from cdr.stat_hour s, zone z
    where s.unit = $3
        and s.hour >= coalesce($1::timestamp at time zone z.name, '-infinity')
        and s.hour < coalesce($2::timestamp at time zone z.name, 'infinity')
    group by 1, 2
)
select provider, category, n,
    round(100.0 * n / sum(n) over (partition by provider), 1) as percent,
    round(1.0 * n / sum(n) over (partition by provider), 4) as share
from counted
order by sum(n) over (partition by provider) desc, provider, n desc, category
