-- Legs that change, out.  A leg may move to another month or call: so out and in.
delete from cdr.leg l
using pg_temp.merged m
where l.leg_key = m.leg_key
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach();
