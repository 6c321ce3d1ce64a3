-- Those legs, out.
delete from cdr.leg l
using pg_temp.moved m
where l.started_at = m.started_at and l.call_key = m.call_key and l.leg_key = m.leg_key
    and l.started_at >= $1::timestamptz - cdr.call_reach()
    and l.started_at < $2::timestamptz + cdr.call_reach();
