-- The partition of a month.  In a transaction of its own, before the load:
-- making one locks the table for a moment.
create function cdr.add_month(month date) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    first_day date := pg_catalog.date_trunc('month', month::timestamp)::date;
    next_day date := (first_day + interval '1 month')::date;
    partition name := 'leg_' || pg_catalog.to_char(first_day, 'YYYYMM');
    described record;
begin
    perform pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true);
    if pg_catalog.to_regclass('cdr.' || partition) is not null then
        return;
    end if;
    if first_day < date '1990-01-01' or first_day > (now() at time zone 'UTC' + interval '32 days')::date then
        raise exception 'no partition for %: no leg starts there', first_day;
    end if;
    if exists (select 1 from cdr.purged_month p where p.month = first_day) then
        raise exception 'no partition for %: the month was purged', first_day;
    end if;
    execute format('create table cdr.%I partition of cdr.leg for values from (%L) to (%L)',
        partition, first_day || ' 00:00:00+00', next_day || ' 00:00:00+00');
    execute format('comment on table cdr.%I is %L', partition,
        'Legs that started in ' || pg_catalog.to_char(first_day, 'YYYY-MM') || ' (UTC); read cdr.leg.');
    for described in
        select a.attname, pg_catalog.col_description(a.attrelid, a.attnum) as comment
        from pg_catalog.pg_attribute a
        where a.attrelid = 'cdr.leg'::regclass and a.attnum > 0 and not a.attisdropped
    loop
        execute format('comment on column cdr.%I.%I is %L', partition, described.attname, described.comment);
    end loop;
end
$$;

comment on function cdr.add_month(date) is 'Makes the partition of cdr.leg for the month of a day, unless it is there; refuses a purged month.';

revoke all on function cdr.add_month(date) from public;
grant execute on function cdr.add_month(date) to cdretl_loader;
