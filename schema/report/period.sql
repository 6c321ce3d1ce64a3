-- The report's head: its days, their zone, and the rule set.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select p.first_day, p.last_day, p.last_day - p.first_day + 1 as days, p.bucket, p.zone,
    (select left(r.identity, 12) from cdr.ruleset r order by r.ruleset_id desc limit 1) as ruleset
from period p
