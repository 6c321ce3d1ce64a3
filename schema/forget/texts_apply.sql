-- Rejects and captions go whole: they are bytes of the export.
update cdr.reject r set raw = null
from pg_temp.erased_text e
where e.kind = 'reject' and e.id = r.reject_id;
update cdr.file f set caption = null
from pg_temp.erased_text e
where e.kind = 'caption' and e.id = f.file_id;
update cdr.file f set name = e.text
from pg_temp.erased_text e
where e.kind = 'name' and e.id = f.file_id;
update cdr.file f set reason = e.text
from pg_temp.erased_text e
where e.kind = 'reason' and e.id = f.file_id;
update cdr.file f set warnings = w.warnings
from (
    select w.file_id, array_agg(coalesce(e.text, w.warning) order by w.place) as warnings
    from (
        select f.file_id, u.warning, u.place
        from cdr.file f
        cross join lateral unnest(f.warnings) with ordinality u (warning, place)
        where f.file_id in (select id from pg_temp.erased_text where kind = 'warning')
    ) w
    left join pg_temp.erased_text e on e.kind = 'warning' and e.id = w.file_id and e.place = w.place
    group by w.file_id
) w
where w.file_id = f.file_id;
