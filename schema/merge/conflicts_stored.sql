-- Legs that are staged and stored.
insert into pg_temp.conflict
select distinct s.leg_key
from pg_temp.stage s
join cdr.leg l on l.leg_key = s.leg_key
where l.started_at >= cdr.leg_reach_before($1::timestamptz)
    and l.started_at <= cdr.leg_reach_after($2::timestamptz);
