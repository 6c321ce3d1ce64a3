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
    if not exists (select 1 from pg_catalog.pg_extension where extname = 'citus') then
        purged.bytes := pg_catalog.pg_total_relation_size(partition);
    end if;
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
