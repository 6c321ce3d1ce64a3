-- Open rejects, one a row, in the order of their files.
select r.reject_id, r.file_id, f.name, r.line_no, r.byte_offset, r.code, r.column_name,
    to_char(f.loaded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || 'Z' as rejected_at
from cdr.reject r
join cdr.file f on f.file_id = r.file_id
where r.closed_at is null
    and ($1::integer is null or r.file_id = $1::integer)
    and ($2::text is null or r.code = $2)
order by r.file_id, r.byte_offset, r.reject_id
