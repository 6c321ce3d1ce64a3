-- Hours whose statistics change: where touched calls were and are.
select hour from pg_temp.touched
union
select floor(extract(epoch from l.started_at) / 3600)::bigint
from cdr.leg l
join (select distinct call_key from pg_temp.touched) t on t.call_key = l.call_key
where l.started_at >= $1::timestamptz - interval '26 hours'
    and l.started_at <= $2::timestamptz + interval '26 hours';
