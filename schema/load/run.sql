-- A run begins.
insert into cdr.run (kind, ruleset_id, untested_rules, program)
values ($1, $2::integer, $3::boolean, $4)
returning run_id;
