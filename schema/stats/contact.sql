-- Outbound calls until a person answers.  $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select case when c.attempt < 10 then c.attempt::text else '10 and later' end as key, c.numbers, c.reached, c.reached_share,
    c.reached_share_ci_low, c.reached_share_ci_high, round(c.reached_share / 100, 4) as bar
from period p
cross join lateral cdr.contact_between(p.starts_at, p.ends_at) c
order by c.attempt
