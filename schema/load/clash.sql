-- Is a leg of this file ($3, starts from $1 to $2) stored by another file too, whose legs
-- start from $4 to $5?  Counted: to find a first one, which mostly there is not, the planner
-- would choose a nested loop.
with mine as materialized (
    select leg_key from cdr.leg
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz
        and file_id = $3::integer
), others as materialized (
    select leg_key from cdr.leg
    where started_at >= greatest($4::timestamptz, cdr.leg_reach_before($1::timestamptz))
        and started_at <= least($5::timestamptz, cdr.leg_reach_after($2::timestamptz))
        and file_id is distinct from $3::integer
)
select count(*) > 0 from mine join others using (leg_key);
