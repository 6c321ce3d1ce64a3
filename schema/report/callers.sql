-- Not known yet.
-- $1 beginning, $2 end (instants; null: open).
select null::text as key, null::text as inbound, null::text as callers, null::text as repeat_callers, null::text as repeat_calls, null::text as repeat_share
where $1::text = $2::text and false
