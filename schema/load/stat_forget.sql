-- Forget what the statistics say of the hours $3 (since 1970) between $1 and $2.
delete from cdr.stat_hour
where hour >= $1::timestamptz and hour < $2::timestamptz
    and hour = any (array(select to_timestamp(h * 3600) from unnest($3::bigint[]) h));
