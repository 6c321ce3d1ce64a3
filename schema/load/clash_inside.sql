-- Does a leg of this file come twice?  $4: the only keys that might, or null.
select exists (
    select leg_key from cdr.leg
    where started_at >= $1::timestamptz and started_at <= $2::timestamptz
        and file_id = $3::integer
        and ($4::uuid[] is null or leg_key in (select unnest($4::uuid[])))
    group by leg_key
    having count(*) > 1
);
