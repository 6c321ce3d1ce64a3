-- Months go, numbers stay away, numbers become pseudonyms, in the order in which it is sent.

-- name: purge_list
-- The months of cdr.leg that begin before $1, the first one first, and whether they end
-- by then; also those that have statistics only, for their legs were dropped by others.
select to_char(m.month, 'YYYY-MM') as month,
    (m.month + interval '1 month') at time zone 'UTC' <= $1::timestamptz as is_over
from (
    select s.month
    from (
        -- include rules/stored_months
    ) s
    union
    select g.month::date
    from (select min(hour) as hour from cdr.stat_hour) first
    cross join lateral generate_series(date_trunc('month', first.hour at time zone 'UTC'),
        $1::timestamptz at time zone 'UTC', interval '1 month') g(month)
    where exists (
            select 1 from cdr.stat_hour s
            where s.hour >= g.month at time zone 'UTC' and s.hour < (g.month + interval '1 month') at time zone 'UTC')
        and not exists (select 1 from cdr.purged_month p where p.month = g.month::date)
) m
where m.month::timestamp at time zone 'UTC' < $1::timestamptz
order by m.month;

-- name: purge_size
-- What a month ($1, as it is listed) holds, as purge_month has it: legs, and bytes; null: no legs.
select
    (select count(*) from cdr.leg
    where started_at >= to_date($1, 'YYYY-MM')::timestamp at time zone 'UTC'
        and started_at < (to_date($1, 'YYYY-MM') + interval '1 month') at time zone 'UTC') as legs,
    cdr.month_size(to_date($1, 'YYYY-MM')) as bytes, 0 as versions, 0 as changes, 0 as texts, 0 as truncated_calls;

-- name: purge_month
-- Drop a month ($1, as it is listed), for run $2.  No row: somebody reads legs.
select legs, bytes, versions, changes, texts, truncated_calls
from cdr.purge_month(to_date($1, 'YYYY-MM'), $2::integer);

-- name: purge_between
-- The purged months that have a part in [$1, $2): how many, the first and the last.
select count(*) as months, to_char(min(month), 'YYYY-MM') as first_month, to_char(max(month), 'YYYY-MM') as last_month
from cdr.purged_month
where month::timestamp at time zone 'UTC' < $2::timestamptz
    and (month + interval '1 month') at time zone 'UTC' > $1::timestamptz;

-- name: suppressions
-- Numbers that stay away, and the key of their HMACs; no row when there are none.
select k.key, s.hmac
from cdr.suppression s
cross join cdr.suppression_key k;

-- name: pseudonym
-- Which key made the pseudonyms of this database; no row: numbers are as they are.
select key_id
from cdr.pseudonym_key

-- name: pseudonym_begin
-- From here on numbers are pseudonyms.  $1 the key, $2 the run.  No row when there are
-- legs already.
insert into cdr.pseudonym_key (key_id, run_id)
select $1, $2::integer
where not exists (select 1 from cdr.leg)
