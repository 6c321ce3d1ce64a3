-- A file whose rejects somebody asks for, and how many are open; whole ones can be
-- written back.
select f.name, f.profile, f.caption,
    count(r.reject_id)::text as open,
    (count(r.reject_id) filter (where r.raw <> '' and not r.raw_is_cut))::text as whole
from cdr.file f
left join cdr.reject r on r.file_id = f.file_id and r.closed_at is null
where f.file_id = $1::integer
group by f.file_id, f.name, f.profile, f.caption
