-- A file's row in the ledger.
insert into cdr.file (file_id, run_id, name, sha256, verdict, reason, profile, encoding,
    first_at, last_at, has_gateway, lines, headers, blank, records, inserted, updated,
    unchanged, duplicate, rejected, rejected_by_code, calls, ambiguous_times, warnings, caption,
    zone, options, has_orphans, has_far_calls)
select $1::integer, $2::integer, $3, decode($4, 'hex'), $5, $6, $7, $8,
    $9::timestamptz, $10::timestamptz, $11::boolean, $12::bigint, $13::bigint, $14::bigint,
    $15::bigint, $16::bigint, $17::bigint, $18::bigint, $19::bigint, $20::bigint,
    $21::jsonb, $22::bigint, $23::bigint,
    array(select jsonb_array_elements_text($24::jsonb)), decode($25, 'hex'),
    $26, coalesce($27::jsonb, '{}'), $28::boolean, $29::boolean;
