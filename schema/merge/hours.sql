-- Hours whose statistics change: where the changed calls were and are.
select hour from pg_temp.dirty_hour
union
select floor(extract(epoch from l.started_at) / 3600)::bigint
from cdr.leg l
join (select distinct call_key from pg_temp.dirty_hour) t on t.call_key = l.call_key
where l.started_at >= cdr.leg_reach_before($1::timestamptz)
    and l.started_at <= cdr.leg_reach_after($2::timestamptz);
