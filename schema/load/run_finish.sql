-- A run ends: its number $1, exit code $2, seconds by phase $3 or null.
update cdr.run set finished_at = now(), exit_code = $2::smallint, seconds = $3::jsonb
where run_id = $1::integer;
