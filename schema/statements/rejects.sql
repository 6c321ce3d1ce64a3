-- The quarantine, in the order in which it is sent.

-- name: list
-- Open rejects, one a row, in the order of their files.
select r.reject_id as reject, r.file_id as file, f.name, r.line_no as line, r.byte_offset as offset,
    r.code, r.column_name as column,
    to_char(f.loaded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || 'Z' as rejected_at
from cdr.reject r
join cdr.file f on f.file_id = r.file_id
where r.closed_at is null
    and ($1::integer is null or r.file_id = $1::integer)
    and ($2::text is null or r.code = $2)
order by r.file_id, r.byte_offset, r.reject_id

-- name: file
-- A file whose rejects somebody asks for, and how many are open; whole ones can be
-- written back.
select f.name, f.profile, f.caption,
    count(r.reject_id)::text as open,
    (count(r.reject_id) filter (where r.raw <> '' and not r.raw_is_cut))::text as whole
from cdr.file f
left join cdr.reject r on r.file_id = f.file_id and r.closed_at is null
where f.file_id = $1::integer
group by f.file_id, f.name, f.profile, f.caption

-- name: texts
-- The open rejects of a file as they stood, in its order.
declare db_cursor no scroll cursor for
select raw
from cdr.reject
where file_id = $1::integer and closed_at is null and raw <> '' and not raw_is_cut
    and ($2::text is null or code = $2)
order by byte_offset, reject_id

-- name: close
-- A file took the place of another's rejects.  A file's own bytes do not mend it.
-- Rejects without their whole text are not in what was written back, and stay open
-- unless told.
update cdr.reject r set closed_at = now(), closed_by_run = $2::integer
from cdr.file f
where f.sha256 = decode($3, 'hex') and f.verdict = 'loaded' and f.file_id <> $1::integer
    and r.file_id = $1::integer and r.closed_at is null
    and ($4::boolean or (r.raw <> '' and not r.raw_is_cut))
    and ($5::text is null or r.code = $5)

-- name: text_days
-- How many days the text of rejects is kept.
select s.value::integer from cdr.setting s where s.setting = 'reject_text_days'

-- name: expire
-- Text of rejects whose file was loaded more than $1 days ago.
update cdr.reject set raw = null
where raw is not null and file_id in (
    select f.file_id from cdr.file f where f.loaded_at < now() - $1::integer * interval '1 day')
