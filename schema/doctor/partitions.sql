-- Has every month of legs its partition, and can this login have the next one made?
-- A row a finding.
with month as (
    select to_date(substr(c.relname, 5), 'YYYYMM') as month
    from pg_catalog.pg_inherits i
    join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = pg_catalog.to_regclass('cdr.leg') and c.relname ~ '^leg_\d{6}$'
), hole as (
    select g.month::date
    from (
        select date_trunc('month', min(hour) at time zone 'UTC') as first, max(hour) at time zone 'UTC' as last
        from cdr.stat_hour
    ) m
    cross join lateral generate_series(m.first, m.last, interval '1 month') g(month)
    where exists (
            select 1 from cdr.stat_hour s
            where s.hour >= g.month at time zone 'UTC' and s.hour < (g.month + interval '1 month') at time zone 'UTC')
        and not exists (select 1 from month o where o.month = g.month)
        and not exists (select 1 from cdr.purged_month p where p.month = g.month)
), maker as (
    select p.oid
    from pg_catalog.pg_proc p
    where p.proname = 'add_month' and p.pronamespace = pg_catalog.to_regnamespace('cdr')
)
select false as is_well, to_char(h.month, 'YYYY-MM') || ' has statistics but no partition of cdr.leg' as finding,
    format('attach or restore cdr.leg_%1$s; if its legs are gone for good: `cdretl purge --before %2$s`',
        to_char(h.month, 'YYYYMM'), (h.month + interval '1 month')::date) as remedy
from hole h
union all
select coalesce(m.may, false),
    case when m.may then (select count(*)::text from month) || ' months, the next is made by the load that needs it'
        else 'the next month cannot be made' end,
    format('as its owner: psql -d %s -c ''grant execute on function cdr.add_month(date) to cdretl_loader''', current_database())
from (select bool_and(pg_catalog.has_function_privilege(oid, 'execute')) as may from maker) m
