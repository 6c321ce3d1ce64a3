-- They are as the program has them: names $1, digests $2.
with gone as (
    delete from cdr.schema_object where name <> all ($1::text[])
)
insert into cdr.schema_object (name, digest)
select w.name, w.digest
from unnest($1::text[], $2::text[]) w (name, digest)
on conflict (name) do update set digest = excluded.digest, applied_at = excluded.applied_at
where cdr.schema_object.digest <> excluded.digest;
