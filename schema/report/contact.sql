-- Not known yet.
-- $1 beginning, $2 end (instants; null: open).
select null::text as attempt, null::text as numbers, null::text as reached, null::text as reached_share, null::text as reached_share_ci_low, null::text as reached_share_ci_high
where $1::text = $2::text and false
