-- Has a leg of this file ($3, starts from $1 to $2) been told by another one?
with mine as materialized (
    select leg_key from cdr.leg
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz
        and file_id = $3::integer
), others as materialized (
    select leg_key from cdr.leg
    where started_at >= $1::timestamptz - interval '26 hours'
        and started_at <= $2::timestamptz + interval '26 hours'
        and file_id is distinct from $3::integer
)
select exists (select from mine join others using (leg_key));
