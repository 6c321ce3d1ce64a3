-- Out, to come in again as they are now.
delete from cdr.leg l
using pg_temp.merged m
where m.started_at = l.started_at and m.call_key = l.call_key and m.leg_key = l.leg_key
    and l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz;
