-- A day is finished.
insert into cdr.recompute_slice (run_id, period_from, period_to, providers, categories,
    first_at, next_at, file_id, legs, changed, hours, moves)
select $1::integer, $2::timestamptz, $3::timestamptz, $4::text[], $5::text[],
    $6::timestamptz, $7::timestamptz, coalesce(max(file_id), 0), $8::bigint, $9::bigint, $10::bigint,
    $11::jsonb
from cdr.file;
