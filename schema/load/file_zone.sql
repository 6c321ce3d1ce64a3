-- In which zone the loaded file of these bytes was read, and when its legs start (ms).
select coalesce(zone, ''), (extract(epoch from first_at) * 1000)::bigint, (extract(epoch from last_at) * 1000)::bigint
from cdr.file
where sha256 = decode($1, 'hex') and verdict = 'loaded' and first_at is not null;
