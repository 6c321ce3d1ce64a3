-- What a period means: instants in the zone of cdr.setting, null where it is open.
-- $1 first, $2 end: an instant ends in Z, a wall-clock time does not; $3 an interval that
-- ends with the last midnight, or of hours with the last full hour; $4 a month: YYYY-MM,
-- this, last; $5 another zone, null: none.  agrees: the clocks of both show the same.
with clock as (
    select value as zone, now() as instant, now() at time zone value as local_now from cdr.setting where setting = 'zone'
), bounds as (
    select zone, instant,
        case
            when $1 like '%Z' then $1::text::timestamptz
            when $1 is not null then $1::text::timestamp at time zone zone
            when $3 like '%hours' then date_trunc('hour', instant, 'UTC') - $3::interval
            when $3 is not null then (date_trunc('day', local_now) - $3::interval) at time zone zone
            when $4 = 'this' then date_trunc('month', local_now) at time zone zone
            when $4 = 'last' then (date_trunc('month', local_now) - interval '1 month') at time zone zone
            when $4 is not null then ($4::text || '-01')::timestamp at time zone zone
        end as starts_at,
        case
            when $2 like '%Z' then $2::text::timestamptz
            when $2 is not null then $2::text::timestamp at time zone zone
            when $3 like '%hours' then date_trunc('hour', instant, 'UTC')
            when $3 is not null then date_trunc('day', local_now) at time zone zone
            when $4 = 'this' then (date_trunc('month', local_now) + interval '1 month') at time zone zone
            when $4 = 'last' then date_trunc('month', local_now) at time zone zone
            when $4 is not null then (($4::text || '-01')::timestamp + interval '1 month') at time zone zone
        end as ends_at
    from clock
)
select zone,
    to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as from_at,
    to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as to_at,
    round(extract(epoch from starts_at)::numeric * 1000)::bigint as from_ms,
    round(extract(epoch from ends_at)::numeric * 1000)::bigint as to_ms,
    $5::text is null or not exists (
        select 1
        from generate_series(coalesce(starts_at, ends_at - interval '400 days', instant - interval '400 days'),
            coalesce(ends_at, starts_at + interval '400 days', instant), interval '1 day') t
        where t at time zone $5::text <> t at time zone zone) as agrees
from bounds
