-- The legs that calls of a period may have.  first_leg and next_leg: the period, and a day
-- more on either side.
select * from cdr.leg where started_at >= first_leg and started_at < next_leg
