-- A run begins.
insert into cdr.run (kind, ruleset_id, untested_rules, program, zone, profile, options)
values ($1, $2::integer, $3::boolean, $4, $5, $6, coalesce($7::jsonb, '{}'))
returning run_id;
