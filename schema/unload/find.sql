-- Files that are loaded, or were, by what somebody calls them: bytes whose digest begins
-- with $1 (hex), of run $2, or of the name $3; any may be null.
select f.file_id, f.name, encode(f.sha256, 'hex') as sha256, f.verdict = 'loaded' as is_loaded,
    f.has_gateway, coalesce(extract(epoch from f.first_at) * 1000, 0)::bigint as first_at,
    coalesce(extract(epoch from f.last_at) * 1000, 0)::bigint as last_at, f.first_at is not null as has_legs
from cdr.file f
where f.verdict in ('loaded', 'unloaded')
    and (encode(f.sha256, 'hex') like $1 || '%' or f.run_id = $2::integer
        or f.name = $3 or f.name like '%/' || $3)
order by f.verdict, f.file_id;
