-- Hours of legs of other files that share a call with a leg of file $3, whose
-- legs start from $1 to $2: such a call changes with us.
with mine as materialized (
    select distinct call_key from cdr.leg
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz
        and file_id = $3::integer
), others as materialized (
    select call_key, started_at from cdr.leg
    where started_at >= cdr.call_reach_before($1::timestamptz)
        and started_at <= cdr.call_reach_after($2::timestamptz)
        and file_id is distinct from $3::integer
)
select distinct floor(extract(epoch from others.started_at) / 3600)::bigint
from others join mine using (call_key);
