-- Those legs, out.
delete from cdr.leg l
using pg_temp.moved m
where l.started_at = m.started_at and l.call_key = m.call_key and l.leg_key = m.leg_key
    and l.started_at >= cdr.call_reach_before($1::timestamptz)
    and l.started_at < cdr.call_reach_after($2::timestamptz);
