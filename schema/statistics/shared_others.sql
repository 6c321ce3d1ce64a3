-- Legs of other files that share a call with a leg of file $3, whose legs start from $1 to
-- $2.  Keys are joined first: whole rows would be too wide to be hashed.
insert into pg_temp.call_leg
with mine as materialized (
    select distinct call_key from cdr.leg
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz
        and file_id = $3::integer
), others as materialized (
    select started_at, call_key, leg_key from cdr.leg
    where started_at >= cdr.call_reach_before($1::timestamptz)
        and started_at <= cdr.call_reach_after($2::timestamptz)
        and file_id is distinct from $3::integer
), shared as materialized (
    select o.* from others o join mine m on m.call_key = o.call_key
)
select l.*
from cdr.leg l
join shared s on s.started_at = l.started_at and s.call_key = l.call_key and s.leg_key = l.leg_key
where l.started_at >= cdr.call_reach_before($1::timestamptz)
    and l.started_at <= cdr.call_reach_after($2::timestamptz);
