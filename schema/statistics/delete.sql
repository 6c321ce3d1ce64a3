-- Forget what the statistics say of the hours $3 (since 1970) between $1 and $2.  Those
-- of a purged month can never be counted again.
delete from cdr.stat_hour s
where s.hour >= $1::timestamptz and s.hour < $2::timestamptz
    and s.hour = any (array(select to_timestamp(h * 3600) from unnest($3::bigint[]) h))
    and not exists (
        select 1 from cdr.purged_month p
        where s.hour >= p.month::timestamp at time zone 'UTC'
            and s.hour < (p.month + interval '1 month') at time zone 'UTC');
