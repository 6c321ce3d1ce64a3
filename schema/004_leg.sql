-- Legs, partitioned by month of their start.
--
-- The primary key leads with time: keys that grow with time keep the insert
-- at the right edge of the index, a random uuid in front would cost half as
-- much again.  No other index: dashboards read the statistics.  call_key is in
-- the key because Citus distributes by it.  Columns stand in the order of
-- row_columns in etl/record/row.c; evidence_hash is the loader's own.

set local role cdretl_owner;

create table cdr.leg (
    leg_key uuid not null,
    call_key uuid not null,
    leg text collate "C" not null,
    domain text collate "C",
    direction text collate "C",
    started_at timestamptz not null,
    answered_at timestamptz,
    bridged_at timestamptz,
    ended_at timestamptz,
    time_flag text collate "C",
    caller text collate "C",
    destination text collate "C",
    extension text collate "C",
    agent text collate "C",
    queue text collate "C",
    queue_type text collate "C",
    gateway text collate "C",
    provider text collate "C",
    duration integer,
    bill_seconds integer,
    talk_seconds integer,
    early_media_seconds integer,
    ring_seconds integer,
    wait_seconds integer,
    hold_seconds integer,
    hangup_cause text collate "C",
    disposition text collate "C",
    release text collate "C",
    sip_code smallint,
    q850 smallint,
    q850_implied smallint,
    hangup_by text collate "C",
    webitel_result text collate "C",
    originate_disposition text collate "C",
    amd_result text collate "C",
    amd_cause text collate "C",
    announcement text collate "C",
    sip_reason text collate "C",
    transfer_disposition text collate "C",
    schema_name text collate "C",
    answered boolean not null,
    category text collate "C" not null,
    confidence text collate "C" not null,
    alternatives text[] collate "C",
    outcome_group text collate "C",
    ended_by text collate "C",
    linked_by text collate "C",
    rule_id text collate "C",
    ruleset_id integer,
    naive_category text collate "C",
    run_id integer,
    file_id integer,
    line_no bigint,
    extra jsonb,
    evidence_hash bigint not null,
    primary key (started_at, call_key, leg_key)
) partition by range (started_at);

comment on table cdr.leg is 'Legs: one channel of a call each, as exports told it and as the rules understood it. Partitioned by month of started_at (UTC).';

-- The loader keeps what several exports told differently about one leg, so that
-- the merged leg does not depend on the order in which they came.
create table cdr.leg_version (
    like cdr.leg,
    primary key (leg_key, evidence_hash)
);

comment on table cdr.leg_version is 'What exports told differently about one leg, one row a telling that still contributes; columns as in cdr.leg. The leg itself is put together from them field by field. Legs told alike by all have no row here.';

do $$
declare
    described text[] := array[
        'leg_key', 'Key of the leg: the export''s uuid, or a name-based one made of what the record says.',
        'call_key', 'Key of the call: the A-leg''s leg_key. Legs of one call share it.',
        'leg', 'a: the caller''s side, no parent. b: it has a parent.',
        'domain', 'Webitel domain.',
        'direction', 'inbound, outbound or internal, as exported; often empty on B-legs.',
        'started_at', 'Start of the leg.',
        'answered_at', 'Answer; null when never or not exported.',
        'bridged_at', 'When it was connected to another leg.',
        'ended_at', 'Hang-up.',
        'time_flag', 'repeated_hour: the start was a wall-clock time in an hour that the clock repeats.',
        'caller', 'Number that calls.',
        'destination', 'Number that is called.',
        'extension', 'Extension of the employee.',
        'agent', 'Employee.',
        'queue', 'Queue or campaign.',
        'queue_type', 'Kind of the queue.',
        'gateway', 'Webitel''s name of the trunk.',
        'provider', 'Carrier behind the trunk, see cdr.provider; null when no mapping knows it.',
        'duration', 'Seconds from start to end.',
        'bill_seconds', 'Seconds from answer to end.',
        'talk_seconds', 'Seconds of talk, as exported.',
        'early_media_seconds', 'Seconds of sound from the network before answer.',
        'ring_seconds', 'Seconds of ringing.',
        'wait_seconds', 'Seconds in the queue.',
        'hold_seconds', 'Seconds on hold.',
        'hangup_cause', 'FreeSWITCH''s hang-up cause.',
        'disposition', 'FreeSWITCH''s SIP hang-up disposition, as exported.',
        'release', 'How the leg ended, whatever the generation of the export: remote_refusal, own_cancel, remote_cancel, own_refusal, bye, none.',
        'sip_code', 'SIP code as exported.',
        'q850', 'Q.850 cause of an explicit Reason header.',
        'q850_implied', 'Q.850 cause that FreeSWITCH must have seen to name its cause as it did.',
        'hangup_by', 'Who hung up, as exported.',
        'webitel_result', 'Webitel''s own computed result.',
        'originate_disposition', 'Cause with which originating failed.',
        'amd_result', 'Answer detection: result.',
        'amd_cause', 'Answer detection: cause.',
        'announcement', 'What was recognised in early media.',
        'sip_reason', 'Reason header as exported.',
        'transfer_disposition', 'Outcome of a transfer.',
        'schema_name', 'Flow or schema that handled the call.',
        'answered', 'The evidence proves an answer.',
        'category', 'What it came to, see cdr.category.',
        'confidence', 'certain, probable, or ambiguous (then category is UNDETERMINED).',
        'alternatives', 'Categories that the evidence leaves possible besides, or instead.',
        'outcome_group', 'Group of the category, or the one that all alternatives share.',
        'ended_by', 'caller, callee, system or network; null when not known.',
        'linked_by', 'id: the export names the parent. adjacency: neighbours of an export without ids.',
        'rule_id', 'Rule that decided.',
        'ruleset_id', 'Rule set it belongs to, see cdr.ruleset.',
        'naive_category', 'What a reader of the hang-up cause alone would say.',
        'run_id', 'Run that wrote this row.',
        'file_id', 'File that told it best.',
        'line_no', 'Physical line there; null where it has no lines.',
        'extra', 'Columns of the export that no column here takes.',
        'evidence_hash', 'Loader''s fingerprint of what one record told; 0 when the leg was put together from several (cdr.leg_version).'];
begin
    for i in 1 .. array_length(described, 1) by 2 loop
        execute format('comment on column cdr.leg.%I is %L', described[i], described[i + 1]);
        execute format('comment on column cdr.leg_version.%I is %L', described[i], described[i + 1]);
    end loop;
end
$$;

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

comment on function cdr.add_month(date) is 'Makes the partition of cdr.leg for the month of a day, unless it is there.';

revoke all on function cdr.add_month(date) from public;
grant execute on function cdr.add_month(date) to cdretl_loader;
grant select, insert, update, delete on cdr.leg, cdr.leg_version to cdretl_loader;
