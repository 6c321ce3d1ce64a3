-- Partitions of cdr.leg: made, described, stored, dropped.

-- name: describe_month
-- A partition says what its columns are, as cdr.leg does: whoever makes one, or makes one anew.
create function cdr.describe_month(month date) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    partition name := 'leg_' || pg_catalog.to_char(month, 'YYYYMM');
    described record;
begin
    execute format('comment on table cdr.%I is %L', partition,
        'Legs that started in ' || pg_catalog.to_char(month, 'YYYY-MM') || ' (UTC); read cdr.leg.');
    for described in
        select a.attname, pg_catalog.col_description(a.attrelid, a.attnum) as comment
        from pg_catalog.pg_attribute a
        where a.attrelid = 'cdr.leg'::regclass and a.attnum > 0 and not a.attisdropped
    loop
        execute format('comment on column cdr.%I.%I is %L', partition, described.attname, described.comment);
    end loop;
end
$$;

comment on function cdr.describe_month(date) is 'Comments of the partition of a month, as those of cdr.leg.';

revoke all on function cdr.describe_month(date) from public;

-- name: month_size
-- On Citus the nodes know it, and say so before a transaction has changed rows of theirs.
create function cdr.month_size(month date) returns bigint
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    partition regclass := pg_catalog.to_regclass('cdr.leg_' || pg_catalog.to_char(month, 'YYYYMM'));
begin
    if exists (select 1 from pg_catalog.pg_extension e where e.extname = 'citus') then
        if exists (select 1 from pg_catalog.pg_dist_partition p where p.logicalrelid = partition) then
            return pg_catalog.citus_total_relation_size(partition);
        end if;
    end if;
    return pg_catalog.pg_total_relation_size(partition);
end
$$;

comment on function cdr.month_size(date) is 'Bytes that the legs of a month take, with their indexes, on all nodes; null: it has no legs.';

revoke all on function cdr.month_size(date) from public;
grant execute on function cdr.month_size(date) to cdretl_loader;

-- name: store_month
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

-- name: add_month
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

-- name: purge_month
-- Drops the month of a day, in the transaction at hand; where another program has dropped its
-- legs before, what is left of it.  The drop comes last: it keeps
-- readers of legs waiting until the commit, and waits itself for a second at most.
create function cdr.purge_month(month date, run integer) returns setof cdr.purged_month
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    first_day date := pg_catalog.date_trunc('month', month::timestamp)::date;
    from_at timestamptz := first_day::timestamp at time zone 'UTC';
    to_at timestamptz := (first_day + interval '1 month') at time zone 'UTC';
    partition regclass := pg_catalog.to_regclass('cdr.leg_' || pg_catalog.to_char(first_day, 'YYYYMM'));
    purged cdr.purged_month;
    merged uuid[];
begin
    perform pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true);
    if to_at > now() then
        raise exception '% is not over yet', pg_catalog.to_char(first_day, 'YYYY-MM');
    end if;
    if partition is null and not exists (select 1 from cdr.stat_hour s where s.hour >= from_at and s.hour < to_at) then
        return;
    end if;
    purged.month := first_day;
    purged.run_id := run;
    purged.purged_at := now();
    purged.bytes := cdr.month_size(first_day);
    select count(*) into purged.legs from cdr.leg l where l.started_at >= from_at and l.started_at < to_at;

    -- Only a merged leg has versions.
    merged := array(
        select l.leg_key from cdr.leg l
        where l.started_at >= from_at and l.started_at < to_at and l.evidence_hash = 0);
    delete from cdr.leg_version v where v.leg_key = any (merged);
    get diagnostics purged.versions = row_count;
    delete from cdr.leg_source s where s.started_at >= from_at and s.started_at < to_at;
    delete from cdr.leg_record r where r.started_at >= from_at and r.started_at < to_at;
    delete from cdr.outcome_change c where c.started_at >= from_at and c.started_at < to_at;
    get diagnostics purged.changes = row_count;
    update cdr.reject r set raw = null
    where r.raw is not null and r.file_id in (
        select f.file_id from cdr.file f where coalesce(f.last_at, f.loaded_at) < to_at);
    get diagnostics purged.texts = row_count;
    delete from cdr.file_keys k using cdr.file f where f.file_id = k.file_id and f.last_at < to_at;

    -- Nobody asks any more about calls that were truncated a month ago.
    delete from cdr.truncated_call k where k.month < first_day;
    insert into cdr.truncated_call (call_key, month)
    select distinct l.call_key, first_day
    from cdr.leg l
    where l.started_at >= cdr.call_reach_before(to_at) and l.started_at < to_at
        and coalesce(l.ended_at, l.started_at + l.duration * interval '1 second', to_at) >= to_at
    on conflict do nothing;
    insert into cdr.truncated_call (call_key, month)
    select distinct l.call_key, first_day
    from cdr.leg l
    join cdr.leg n on n.call_key = l.call_key
    where l.started_at >= cdr.call_reach_before(to_at) and l.started_at < to_at
        and n.started_at >= to_at and n.started_at < cdr.call_reach_after(to_at)
    on conflict do nothing;
    insert into cdr.truncated_call (call_key, month)
    select distinct f.call_key, first_day
    from cdr.far_call f
    join cdr.far_call n on n.call_key = f.call_key
    where f.started_at >= from_at and f.started_at < to_at and n.started_at >= to_at
    on conflict do nothing;
    delete from cdr.far_call f where f.started_at >= from_at and f.started_at < to_at;
    select count(*) into purged.truncated_calls from cdr.truncated_call k where k.month = first_day;
    insert into cdr.purged_month values (purged.*);

    begin
        perform pg_catalog.set_config('lock_timeout', '1s', true);
        if partition is not null then
            execute format('drop table %s', partition);
        end if;
    exception
        when lock_not_available then
            return;
    end;
    return next purged;
end
$$;

comment on function cdr.purge_month(date, integer) is
    'Drops the legs of the month of a day, and what belongs to them; the row of cdr.purged_month. No row: somebody reads legs, or there are none; roll back.';

revoke all on function cdr.purge_month(date, integer) from public;
grant execute on function cdr.purge_month(date, integer) to cdretl_loader;

-- name: await_nodes
-- On Citus a node that dies inside a commit comes back without what it has prepared: that
-- follows when Citus has looked, within a minute, and until then its legs cannot be read, though
-- the ledger and the statistics have them.  Whoever counts from legs waits for it.  What is
-- prepared keeps its locks: each run takes one, on every node, that no other run gets before
-- it has ended there, and that nothing else waits for.  True, so that it can be asked for.
create function cdr.await_nodes() returns boolean
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select 1 from pg_catalog.pg_extension e where e.extname = 'citus') then
        lock table cdr.leg_version in share update exclusive mode;
    end if;
    return true;
end
$$;

comment on function cdr.await_nodes() is
    'In a transaction that changes legs: on Citus, waits until every node has ended what earlier ones of that kind left.';

revoke all on function cdr.await_nodes() from public;
grant execute on function cdr.await_nodes() to cdretl_loader;
