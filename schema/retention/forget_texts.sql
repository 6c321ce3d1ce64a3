-- Bytes that an export was kept by: rejects, and caption lines; with what they are.
declare texts no scroll cursor for
select true as is_reject, reject_id as id, raw as text from cdr.reject where raw <> ''
union all
select false, file_id::bigint, caption from cdr.file where caption <> '';
