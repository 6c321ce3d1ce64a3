-- Not known yet.
-- $1 beginning, $2 end (instants; null: open).
select null::text as key, null::text as missed, null::text as called_back, null::text as called_again, null::text as open, null::text as no_number, null::text as returned_share, null::text as median_seconds
where $1::text = $2::text and false
