-- Files that are loaded and may have a leg within a day and two hours of the period from $1
-- to $2: their periods in ms since 1970, and how many bytes are kept of their keys.  Every
-- leg starts inside its file's period, and a zone mistaken moves a leg by a day at most.
select f.file_id, floor(extract(epoch from f.first_at) * 1000)::bigint as first_at,
    ceil(extract(epoch from f.last_at) * 1000)::bigint as last_at, coalesce(octet_length(k.keys), 0) as bytes
from cdr.file f
left join cdr.file_keys k on k.file_id = f.file_id
where f.verdict = 'loaded'
    and f.last_at >= cdr.leg_reach_before($1::timestamptz)
    and f.first_at <= cdr.leg_reach_after($2::timestamptz)
order by f.file_id;
