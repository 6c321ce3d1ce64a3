-- Legs that are staged and stored.
insert into pg_temp.crowd
select distinct s.leg_key
from pg_temp.stage s
join cdr.leg l on l.leg_key = s.leg_key
where l.started_at >= $1::timestamptz - interval '26 hours'
    and l.started_at <= $2::timestamptz + interval '26 hours';
