-- Legs of the calls that start in [period_from, period_to).
select * from cdr.leg
where started_at >= cdr.call_reach_before(period_from) and started_at < cdr.call_reach_after(period_to)
