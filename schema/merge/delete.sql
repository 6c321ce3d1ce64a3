-- Legs that change, out.  A leg may move to another month or call: so out and in.
delete from cdr.leg l
using pg_temp.merged m
where l.leg_key = m.leg_key
    and l.started_at >= cdr.leg_reach_before($1::timestamptz)
    and l.started_at <= cdr.leg_reach_after($2::timestamptz);
