-- A run ends.
update cdr.run set finished_at = now(), exit_code = $2::smallint
where run_id = $1::integer;
