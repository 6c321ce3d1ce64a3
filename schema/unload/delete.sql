-- Legs that no other file has, or that others have otherwise, out.
delete from cdr.leg l
using pg_temp.taken t
where t.leg_key = l.leg_key and t.fate in ('only', 'other')
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach();
