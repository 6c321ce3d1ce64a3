-- A file took the place of another's rejects.  A file's own bytes do not mend it.
-- Rejects without their whole text are not in what was written back,
-- and stay open unless told.
update cdr.reject set closed_at = now(), closed_by_run = $2::integer
where file_id = $1::integer and closed_at is null
    and ($4::boolean or (raw <> '' and not raw_is_cut))
    and ($5::text is null or code = $5)
    and $1::integer <> (select f.file_id from cdr.file f where f.sha256 = decode($3, 'hex') and f.verdict = 'loaded')
