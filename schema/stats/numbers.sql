-- Numbers without a sign of life.  $1 beginning, $2 end (instants; null: open), $3 tries at least.
with period as (
    -- include rules/period
)
select n.number, n.tries, n.days, n.hours, n.carriers, n.outcomes,
    to_char(n.first_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as first_at,
    to_char(n.last_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as last_at,
    to_char(n.last_sign_at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as last_sign_at, n.verdict
from period p
cross join lateral cdr.silent_numbers(p.starts_at, p.ends_at, $3::integer) n
order by n.tries desc, n.number
