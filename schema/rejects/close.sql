-- A file took the place of another's rejects.  A file's own bytes do not mend it.
-- Rejects without their whole text are not in what was written back, and stay open
-- unless told.
update cdr.reject r set closed_at = now(), closed_by_run = $2::integer
from cdr.file f
where f.sha256 = decode($3, 'hex') and f.verdict = 'loaded' and f.file_id <> $1::integer
    and r.file_id = $1::integer and r.closed_at is null
    and ($4::boolean or (r.raw <> '' and not r.raw_is_cut))
    and ($5::text is null or r.code = $5)
