-- Calls around midnight $2 that have a leg before and a leg behind it, no further than a
-- day away and inside the period from $1 to $3: of those that have a B-leg, the others
-- have but one leg.
insert into pg_temp.near_call
select distinct call_key
from cdr.leg
where started_at >= greatest($1::timestamptz, cdr.call_reach_before($2::timestamptz))
    and started_at < least($3::timestamptz, cdr.call_reach_after($2::timestamptz))
    and leg_key <> call_key;
