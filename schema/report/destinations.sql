-- Not known yet.
-- $1 beginning, $2 end (instants; null: open).
select null::text as operator, null::text as country, null::text as attempts, null::text as seizures, null::text as person, null::text as asr, null::text as minutes
where $1::text = $2::text and false and $3::text is not null
