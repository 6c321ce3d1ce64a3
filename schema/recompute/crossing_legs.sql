-- Their legs behind it.  Arguments as above.
with near_leg as materialized (
    select l.started_at, l.call_key, l.leg_key
    from cdr.leg l
    join pg_temp.near_call n on n.call_key = l.call_key
    where l.started_at >= greatest($1::timestamptz, cdr.call_reach_before($2::timestamptz))
        and l.started_at < least($3::timestamptz, cdr.call_reach_after($2::timestamptz))
)
insert into pg_temp.crossing
select $2::timestamptz, started_at, call_key, leg_key
from near_leg
where started_at >= $2::timestamptz
    and call_key in (select call_key from near_leg where started_at < $2::timestamptz);
