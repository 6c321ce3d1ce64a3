-- Text of rejects whose file was loaded more than $1 days ago.
update cdr.reject set raw = null
where raw is not null and file_id in (
    select f.file_id from cdr.file f where f.loaded_at < now() - $1::integer * interval '1 day')
