-- The zone whose days the views count is $1 from now on, if this server knows it.
with known as (
    select exists (select 1 from pg_catalog.pg_timezone_names t where t.name = $1::text) as is_known
), changed as (
    update cdr.setting set value = $1::text
    where setting = 'zone' and value <> $1::text and (select k.is_known from known k)
    returning value
)
select k.is_known from known k
