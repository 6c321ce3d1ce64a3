-- Count and add up the hours $3 (since 1970; null: all) between $1 and $2 anew.
insert into cdr.stat_hour
select * from cdr.hours_between($1::timestamptz, $2::timestamptz)
where $3::bigint[] is null
    or hour = any (array(select to_timestamp(h * 3600) from unnest($3::bigint[]) h));
