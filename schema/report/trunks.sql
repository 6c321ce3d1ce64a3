-- Not known yet.
-- $1 beginning, $2 end (instants; null: open).
select null::text as gateway, null::text as peak, null::text as peak_at, null::text as busiest_minute
where $1::text = $2::text and false and $3::text is not null
