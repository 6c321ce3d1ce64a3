-- The ledger says that the file ($1) was loaded, and that run $2 took it back.
with gone as (
    delete from cdr.file_keys where file_id = $1::integer
)
update cdr.file set verdict = 'unloaded', unloaded_at = now(), unloaded_by_run = $2::integer
where file_id = $1::integer and verdict = 'loaded';
