-- The partition of a month, whose rows may change.  In a transaction of its own, before the
-- load: making one locks the table for a moment.
--
-- Other programs may keep partitions too, and do it in another way.  One that lies where ours
-- must be is named; and where ours was dropped behind our back, nothing is counted anew from
-- what is left.
create function cdr.add_month(month date) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    first_day date := pg_catalog.date_trunc('month', month::timestamp)::date;
    from_at timestamptz := first_day::timestamp at time zone 'UTC';
    to_at timestamptz := (first_day + interval '1 month')::timestamp at time zone 'UTC';
    partition name := 'leg_' || pg_catalog.to_char(first_day, 'YYYYMM');
    other name;
    refused text;
begin
    perform pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true);
    if pg_catalog.to_regclass('cdr.' || partition) is not null then
        perform cdr.store_month(first_day, 'heap');
        return;
    end if;
    if first_day < date '1990-01-01' or first_day > (now() at time zone 'UTC' + interval '32 days')::date then
        raise exception 'no partition for %: no leg starts there', first_day;
    end if;
    if exists (select 1 from cdr.purged_month p where p.month = first_day) then
        raise exception 'no partition for %: the month was purged', first_day;
    end if;
    -- Whether another partition lies there is asked when it does: looking at all of them for
    -- each would make years of months cost the square.
    if not exists (select 1 from cdr.stat_hour s where s.hour >= from_at and s.hour < to_at) then
        begin
            execute format('create table cdr.%I partition of cdr.leg for values from (%L) to (%L)', partition,
                first_day || ' 00:00:00+00', (first_day + interval '1 month')::date || ' 00:00:00+00');
            perform cdr.describe_month(first_day);
            return;
        exception
            when invalid_object_definition then
                refused := sqlerrm;
        end;
    end if;
    select p.name into other
    from (
        select c.relname as name, pg_catalog.regexp_match(pg_catalog.pg_get_expr(c.relpartbound, c.oid),
            'FROM \(''([^'']+)''\) TO \(''([^'']+)''\)') as bound
        from pg_catalog.pg_inherits i
        join pg_catalog.pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'cdr.leg'::regclass
    ) p
    where p.bound[1]::timestamptz < to_at and p.bound[2]::timestamptz > from_at
    limit 1;
    if found then
        raise exception 'cdr.% lies where the legs of % belong, and was made by another program', other,
            pg_catalog.to_char(first_day, 'YYYY-MM')
            using errcode = 'object_not_in_prerequisite_state',
                hint = format('no leg of ours is in it: drop table cdr.%I, and let that program leave cdr.leg alone', other);
    end if;
    if refused is not null then
        raise exception '%', refused;
    end if;
    raise exception 'the legs of % are gone, and cdretl did not purge them: its statistics would be wrong',
        pg_catalog.to_char(first_day, 'YYYY-MM')
        using errcode = 'object_not_in_prerequisite_state',
            hint = format('bring cdr.%I back from a backup, or close the month: cdretl purge --before %s',
            partition, (first_day + interval '1 month')::date);
end
$$;

comment on function cdr.add_month(date) is
    'Makes the partition of cdr.leg for the month of a day, unless it is there, and sees that its rows may change; refuses a purged month.';

revoke all on function cdr.add_month(date) from public;
grant execute on function cdr.add_month(date) to cdretl_loader;
