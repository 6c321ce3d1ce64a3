-- Where the legs that change are now.
insert into pg_temp.dirty_hour
select l.call_key, floor(extract(epoch from l.started_at) / 3600)::bigint
from cdr.leg l
join pg_temp.merged m on m.leg_key = l.leg_key
where l.started_at >= cdr.leg_reach_before($1::timestamptz)
    and l.started_at <= cdr.leg_reach_after($2::timestamptz);
