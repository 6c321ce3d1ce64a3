-- How the legs of a month are stored: 'columnar' on Citus, small and read as before, but
-- nothing in it changes; or 'heap', as they came.  Null: somebody reads them and does not
-- end; roll back.
create function cdr.store_month(month date, method name) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    first_day date := pg_catalog.date_trunc('month', month::timestamp)::date;
    partition regclass := pg_catalog.to_regclass('cdr.leg_' || pg_catalog.to_char(first_day, 'YYYYMM'));
begin
    if method not in ('columnar', 'heap') then
        raise exception 'legs are stored in heap or columnar, not in %', method;
    end if;
    if partition is null or exists (
        select 1 from pg_catalog.pg_class c
        join pg_catalog.pg_am a on a.oid = c.relam
        where c.oid = partition and a.amname = method)
    then
        return false;
    end if;
    perform pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true);
    perform pg_catalog.set_config('client_min_messages', 'warning', true);
    begin
        perform pg_catalog.set_config('lock_timeout', '5s', true);
        execute format('lock table %s in access exclusive mode', partition);
        perform pg_catalog.set_config('lock_timeout', '0', true);
    exception
        when lock_not_available then
            return null;
    end;
    execute format('select pg_catalog.alter_table_set_access_method(%L, %L)', partition, method);
    perform cdr.describe_month(first_day);
    return true;
end
$$;

comment on function cdr.store_month(date, name) is
    'Stores the legs of a month in columnar or heap, on Citus; false: they are, or there are none; null: somebody reads them, roll back.';

revoke all on function cdr.store_month(date, name) from public;
grant execute on function cdr.store_month(date, name) to cdretl_loader;
