-- Retention: months whose legs were dropped, and what must stay true afterwards.
--
-- Statistics stay.  So nothing may build the hours of a purged month anew: its legs
-- are refused on the way in (reject code purged), its partition is not made again.
-- A call that went on over the month's end was counted where it began; the legs of it
-- that are left in the next month remain attempts and are no call of their own.

set local role cdretl_owner;

create table cdr.purged_month (
    month date primary key check (extract(day from month) = 1),
    run_id integer not null references cdr.run,
    purged_at timestamptz not null default now(),
    legs bigint not null,
    bytes bigint,
    tellings bigint not null,
    changes bigint not null,
    texts bigint not null,
    cut_calls bigint not null
);

comment on table cdr.purged_month is 'Months whose legs were dropped. Their statistics stay as they are; legs that come later are refused.';
comment on column cdr.purged_month.month is 'First day of the month (UTC).';
comment on column cdr.purged_month.run_id is 'Run that dropped it.';
comment on column cdr.purged_month.purged_at is 'When.';
comment on column cdr.purged_month.legs is 'Legs that were dropped.';
comment on column cdr.purged_month.bytes is 'What the partition held of the disk; null on Citus, where it lies elsewhere.';
comment on column cdr.purged_month.tellings is 'Rows of cdr.leg_version that went with them.';
comment on column cdr.purged_month.changes is 'Rows of cdr.outcome_change that went with them.';
comment on column cdr.purged_month.texts is 'Rejects whose text was forgotten: those of files that end before the month does.';
comment on column cdr.purged_month.cut_calls is 'Calls that may have legs in the next month.';

create table cdr.cut_call (
    call_key uuid primary key,
    month date not null
);

comment on table cdr.cut_call is 'Calls of a purged month that went on over its end: their statistics stand there, what is left of them is no call of the next month.';
comment on column cdr.cut_call.call_key is 'Key of the call.';
comment on column cdr.cut_call.month is 'The purged month it was counted in.';

-- The rule of cdr.call, and the one thing more.
do $do$
declare
    uncut constant text := $sql$(a.leg_key is not null or b.call_key <> all (array(select k.call_key from cdr.cut_call k)))$sql$;
begin
    execute 'create or replace view cdr.call as '
        || rtrim(pg_get_viewdef('cdr.call'::regclass), E'; \n') || E'\nwhere ' || uncut;
    execute format('create or replace function cdr.calls_between(period_from timestamptz, period_to timestamptz)
        returns %s language sql stable as %L',
        pg_get_function_result('cdr.calls_between'::regproc),
        (select prosrc from pg_proc where oid = 'cdr.calls_between'::regproc) || E'\nand ' || uncut);
end
$do$;

-- As before, but not of a purged month.
create or replace function cdr.add_month(month date) returns void
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
    if exists (select from cdr.purged_month p where p.month = first_day) then
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

-- Drops the month of a day, in the transaction at hand.  The drop comes last: it keeps
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
    if partition is null then
        return;
    end if;
    purged.month := first_day;
    purged.run_id := run;
    purged.purged_at := now();
    if not exists (select from pg_catalog.pg_extension where extname = 'citus') then
        purged.bytes := pg_catalog.pg_total_relation_size(partition);
    end if;
    select count(*) into purged.legs from cdr.leg l where l.started_at >= from_at and l.started_at < to_at;

    -- Only a leg that was put together has tellings.
    merged := array(
        select l.leg_key from cdr.leg l
        where l.started_at >= from_at and l.started_at < to_at and l.evidence_hash = 0);
    delete from cdr.leg_version v where v.leg_key = any (merged);
    get diagnostics purged.tellings = row_count;
    delete from cdr.outcome_change c where c.started_at >= from_at and c.started_at < to_at;
    get diagnostics purged.changes = row_count;
    update cdr.reject r set raw = null
    where r.raw is not null and r.file_id in (
        select f.file_id from cdr.file f where coalesce(f.last_at, f.loaded_at) < to_at);
    get diagnostics purged.texts = row_count;

    -- Nobody asks any more about calls that were cut a month ago.
    delete from cdr.cut_call k where k.month < first_day;
    insert into cdr.cut_call (call_key, month)
    select distinct l.call_key, first_day
    from cdr.leg l
    where l.started_at >= to_at - interval '1 day' and l.started_at < to_at
        and coalesce(l.ended_at, l.started_at + l.duration * interval '1 second', to_at) >= to_at
    on conflict do nothing;
    insert into cdr.cut_call (call_key, month)
    select distinct l.call_key, first_day
    from cdr.leg l
    join cdr.leg n on n.call_key = l.call_key
    where l.started_at >= to_at - interval '1 day' and l.started_at < to_at
        and n.started_at >= to_at and n.started_at < to_at + interval '1 day'
    on conflict do nothing;
    select count(*) into purged.cut_calls from cdr.cut_call k where k.month = first_day;
    insert into cdr.purged_month values (purged.*);

    begin
        perform pg_catalog.set_config('lock_timeout', '1s', true);
        execute format('drop table %s', partition);
    exception
        when lock_not_available then
            return;
    end;
    return next purged;
end
$$;

comment on function cdr.add_month(date) is 'Makes the partition of cdr.leg for the month of a day, unless it is there; refuses a purged month.';
comment on function cdr.purge_month(date, integer) is
    'Drops the legs of the month of a day, and what belongs to them; the row of cdr.purged_month. No row: somebody reads legs, or there are none; roll back.';

-- A purge and an erasure are no sign that exports still come.
create or replace view cdr.health as
select
    (select max(hour) from cdr.stat_hour) as last_hour,
    (select max(finished_at) from cdr.run where kind not in ('purge', 'forget')) as last_run_at,
    (select max(finished_at) from cdr.run where exit_code in (0, 1) and kind not in ('purge', 'forget')) as last_success_at,
    (select count(*) from cdr.run where finished_at is null) as unfinished_runs,
    (select count(*) from cdr.reject where closed_at is null) as rejects_open,
    (select count(*) from cdr.file where verdict <> 'loaded') as files_refused,
    (select max(version) from cdr.schema_version) as schema_version,
    (select r.identity from cdr.run u join cdr.ruleset r on r.ruleset_id = u.ruleset_id order by u.run_id desc limit 1) as ruleset;

revoke all on function cdr.purge_month(date, integer) from public;
grant execute on function cdr.purge_month(date, integer) to cdretl_loader;
grant select on cdr.purged_month, cdr.cut_call to cdretl_loader;
grant select on cdr.purged_month to cdretl_dashboard;
