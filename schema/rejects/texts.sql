-- The open rejects of a file as they stood, in its order.
declare rejects no scroll cursor for
select raw
from cdr.reject
where file_id = $1::integer and closed_at is null and raw <> '' and not raw_is_cut
    and ($2::text is null or code = $2)
order by byte_offset, reject_id
