-- Hours in which these legs are, and the other legs of their calls.
with calls as (
    select distinct l.call_key
    from cdr.leg l
    join pg_temp.taken t on t.leg_key = l.leg_key
    where l.started_at >= $1::timestamptz - cdr.leg_reach()
        and l.started_at <= $2::timestamptz + cdr.leg_reach()
)
select distinct floor(extract(epoch from l.started_at) / 3600)::bigint as hour
from cdr.leg l
join calls c on c.call_key = l.call_key
where l.started_at >= $1::timestamptz - cdr.leg_reach() * 2
    and l.started_at <= $2::timestamptz + cdr.leg_reach() * 2;
