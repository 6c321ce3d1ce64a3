-- Not known yet.
-- $1 beginning, $2 end (instants; null: open).
select null::text as agent, null::text as offered, null::text as answered, null::text as missed, null::text as placed, null::text as talk_seconds, null::text as hold_seconds, null::text as aht, null::text as first_at, null::text as last_at
where $1::text = $2::text and false and $3::text is not null
