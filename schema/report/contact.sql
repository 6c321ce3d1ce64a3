-- At which attempt a number was reached.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select case when c.attempt = 10 then '10+' else c.attempt::text end as attempt, c.numbers, c.reached, c.reached_share,
    c.reached_share_ci_low, c.reached_share_ci_high
from period p
cross join lateral cdr.contact_between(p.starts_at, p.ends_at) c
order by c.attempt
