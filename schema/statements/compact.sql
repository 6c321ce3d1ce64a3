-- What `compact` sends, in the order in which it is sent.

-- name: has_columnar
-- Can this server store tables by columns?
select exists (select 1 from pg_catalog.pg_am a where a.amname = 'columnar');

-- name: list
-- On Citus: the months of cdr.leg that end by $1 and are stored as they came; what they take.
select to_char(m.month, 'YYYY-MM') as month, m.month as first_day, m.bytes, pg_size_pretty(m.bytes) as size
from (
    select s.month, cdr.month_size(s.month) as bytes
    from (
        -- include rules/stored_months
    ) s
    where s.may_change
) m
where (m.month + interval '1 month') at time zone 'UTC' <= $1::timestamptz
order by m.month;

-- name: size
-- What the month that begins on $1 takes.
select s.bytes, pg_size_pretty(s.bytes) as size
from cdr.month_size($1::date) s (bytes);

-- name: store
-- The legs of the month that begins on $1, by columns; null: somebody reads them.
select cdr.store_month($1::date, 'columnar') as is_stored;
