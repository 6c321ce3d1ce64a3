-- Texts that an export left behind besides its legs.  Rejects, and what is said of files:
-- caption, name, reason, each warning; those of a file beside each other.
declare texts no scroll cursor for
select 'reject' as kind, reject_id as id, 0 as place, raw as text from cdr.reject where raw <> ''
union all
select t.kind, f.file_id::bigint, t.place, t.text
from cdr.file f
cross join lateral (
    select 'caption' as kind, 0 as place, f.caption as text
    union all
    select 'name', 0, convert_to(f.name, 'UTF8')
    union all
    select 'reason', 0, convert_to(f.reason, 'UTF8')
    union all
    select 'warning', w.place::integer, convert_to(w.warning, 'UTF8')
    from unnest(f.warnings) with ordinality w (warning, place)
) t
where t.text <> '';
