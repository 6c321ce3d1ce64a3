-- What a month ($1, its first day) holds: legs, and bytes, which are not known on Citus.
select
    (select count(*) from cdr.leg
    where started_at >= $1::timestamp at time zone 'UTC'
        and started_at < ($1::date + interval '1 month') at time zone 'UTC') as legs,
    case when not exists (select 1 from pg_extension where extname = 'citus')
        then pg_total_relation_size(to_regclass('cdr.leg_' || to_char($1::date, 'YYYYMM'))) end as bytes;
