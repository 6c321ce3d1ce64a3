-- The tables, the three roles and the sequences of schema cdr.
--
-- cdretl_owner owns every object, cdretl_loader is what a loading user is a
-- member of, cdretl_dashboard reads views and dimensions and sees numbers masked.
-- Functions and views stand beside this folder; init creates and replaces them.

do $$
declare
    me constant text := quote_ident(current_user);
    base constant text := quote_ident(current_database());
    wanted text;
    owner text;
begin
    foreach wanted in array array['cdretl_owner', 'cdretl_loader', 'cdretl_dashboard'] loop
        if not exists (select 1 from pg_catalog.pg_roles r where r.rolname = wanted) then
            begin
                execute format('create role %I nologin', wanted);
            exception
                when duplicate_object or unique_violation then
                    null; -- another database of this server was quicker
                when insufficient_privilege then
                    raise exception 'user % may not create the role %', me, wanted using hint = format(
                        'let an administrator run: create role cdretl_owner nologin; create role cdretl_loader nologin; '
                        'create role cdretl_dashboard nologin; grant cdretl_owner to %s', me);
            end;
        end if;
    end loop;

    -- Whoever runs init makes things in the owner's name.  From PostgreSQL 16 on, whoever
    -- made a role may grant it but is not yet allowed to act as it.
    if not pg_has_role(current_user, 'cdretl_owner',
        case when current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end) then
        begin
            execute format('grant cdretl_owner to %s', me);
        exception
            when insufficient_privilege then
                raise exception 'user % may not act as cdretl_owner', me using hint = format(
                    'let an administrator, or who made the role, run: grant cdretl_owner to %s', me);
        end;
    end if;

    select pg_get_userbyid(n.nspowner) into owner from pg_catalog.pg_namespace n where n.nspname = 'cdr';
    if owner is null then
        if not has_database_privilege(current_database(), 'create') then
            raise exception 'user % may not make a schema in the database %', me, base using hint = format(
                'let the owner of the database run: grant create on database %s to %s', base, me);
        end if;
        create schema cdr authorization cdretl_owner;
    elsif owner <> 'cdretl_owner' then
        raise exception 'there is a schema cdr already, and it belongs to %', owner using hint =
            'it is not ours: give cdretl a database of its own, or, if it was made for us, run: alter schema cdr owner to cdretl_owner';
    end if;
end
$$;

set local role cdretl_owner;

comment on schema cdr is
    'Call detail records of Webitel: legs with recomputed outcomes, calls, statistics, and how they came here. Made and filled by cdretl.';

grant usage on schema cdr to cdretl_loader, cdretl_dashboard;

create table cdr.schema_version (
    version integer primary key,
    name text collate "C" not null,
    applied_at timestamptz not null default now()
);

comment on table cdr.schema_version is 'Migrations that were applied to this schema, one row each.';
comment on column cdr.schema_version.version is 'Number of the migration, from 1 without gaps.';
comment on column cdr.schema_version.name is 'Name of the migration file, without number and ending.';
comment on column cdr.schema_version.applied_at is 'When it was applied.';

grant select on cdr.schema_version to cdretl_loader, cdretl_dashboard;

-- What init created last, so that it replaces only what changed.
create table cdr.schema_object (
    name text collate "C" primary key,
    digest text collate "C" not null,
    applied_at timestamptz not null default now()
);

comment on table cdr.schema_object is 'Functions, views and definitions that init keeps as the program carries them, one row a file.';
comment on column cdr.schema_object.name is 'Path of the file below schema/, without ending: views/kpi_day creates cdr.kpi_day.';
comment on column cdr.schema_object.digest is 'SHA-256 of its text as applied, 64 hex digits.';
comment on column cdr.schema_object.applied_at is 'When it was applied.';

grant select on cdr.schema_object to cdretl_loader, cdretl_dashboard;

-- Dimensions: rule sets, categories, carriers, settings, KPI definitions.

create sequence cdr.ruleset_id_seq as integer;

create table cdr.ruleset (
    ruleset_id integer primary key default nextval('cdr.ruleset_id_seq'),
    identity text collate "C" not null unique,
    first_used_at timestamptz not null default now()
);

comment on sequence cdr.ruleset_id_seq is 'Numbers of rule sets.';
comment on table cdr.ruleset is 'Rule sets that ever decided a leg; a leg names the one that decided it.';
comment on column cdr.ruleset.ruleset_id is 'Short number of the rule set, used in cdr.leg.';
comment on column cdr.ruleset.identity is 'SHA-256 of the canonical form of the mapping folder, 64 hex digits.';
comment on column cdr.ruleset.first_used_at is 'When a run used it first.';

create table cdr.category (
    category text collate "C" primary key,
    position smallint,
    outcome_group text collate "C" not null,
    label_en text not null,
    label_uk text not null,
    label_ru text not null,
    meaning text not null,
    is_answered boolean not null,
    is_bid boolean not null,
    is_seizure boolean not null,
    delivered text collate "C" not null check (delivered in ('yes', 'no', 'if_rang', 'excluded')),
    is_local_failure boolean not null,
    is_elsewhere boolean not null,
    without_answer text[],
    is_undetermined boolean not null,
    seer boolean not null,
    retry text collate "C" not null,
    retry_after_minutes integer,
    retry_attempts integer,
    retry_note text
);

comment on table cdr.category is 'The taxonomy: what a call or a leg can come to, and how each category counts in the KPIs. Copied from mappings/categories.json by init, load and recompute; edit it there.';
comment on column cdr.category.category is 'Code of the category, as in cdr.leg.category.';
comment on column cdr.category.position is 'Its place in categories.json, from 1; null: it stands there no more, and older legs have it still.';
comment on column cdr.category.outcome_group is 'answered, subscriber, caller, network, system or unknown.';
comment on column cdr.category.label_en is 'Name in English.';
comment on column cdr.category.label_uk is 'Name in Ukrainian.';
comment on column cdr.category.label_ru is 'Name in Russian.';
comment on column cdr.category.meaning is 'What it means, a sentence in English.';
comment on column cdr.category.is_answered is 'The other side answered. The first one of them stands for an answer whose leg ended otherwise.';
comment on column cdr.category.is_bid is 'Counts as a bid when not answered: in the denominator of ABR (kpi.abr is not excluded).';
comment on column cdr.category.is_seizure is 'Counts as a seizure when not answered: in the denominator of ASR (kpi.asr is not excluded).';
comment on column cdr.category.delivered is 'How it counts in NER (kpi.ner): yes (numerator), no (denominator), if_rang (conditional: numerator if the other side rang) or excluded.';
comment on column cdr.category.is_local_failure is 'The call never left the platform.';
comment on column cdr.category.is_elsewhere is 'The leg lost to another leg; never the outcome of a call.';
comment on column cdr.category.without_answer is 'What else a call may be when a leg of this category speaks for it and nobody answered; null: nothing.';
comment on column cdr.category.is_undetermined is 'The category of outcomes that the evidence leaves open.';
comment on column cdr.category.seer is 'In the numerator of SEER as the mapping files see it (kpi.seer); the KPI itself goes by SIP code.';
comment on column cdr.category.retry is 'Advice to a dialer: yes, no, limited, other_gateway, caller_decides.';
comment on column cdr.category.retry_after_minutes is 'How long it should wait; null: not said.';
comment on column cdr.category.retry_attempts is 'How often it should try; null: not said.';
comment on column cdr.category.retry_note is 'What else there is to know before trying again.';

create table cdr.provider (
    provider text collate "C" primary key,
    name text not null
);

comment on table cdr.provider is 'Carriers that the mapping files know.';
comment on column cdr.provider.provider is 'Id of the carrier, lower case, as in cdr.leg.provider.';
comment on column cdr.provider.name is 'Name for people.';

create table cdr.setting (
    setting text collate "C" primary key,
    value text not null,
    meaning text not null
);

comment on table cdr.setting is 'What views and statistics need to know about this installation; update values freely.';
comment on column cdr.setting.setting is 'Name of the setting.';
comment on column cdr.setting.value is 'Its value, as text.';
comment on column cdr.setting.meaning is 'What it does, and what must follow a change.';

create table cdr.kpi_definition (
    kpi text collate "C" primary key,
    name text not null,
    formula text not null,
    variant text not null,
    source text not null,
    unit text collate "C" not null,
    is_default boolean not null
);

comment on table cdr.kpi_definition is 'What every KPI means here: formula, variant, source. Names of views'' columns where we compute it.';
comment on column cdr.kpi_definition.kpi is 'Short name; a column of that name in the KPI views is this KPI.';
comment on column cdr.kpi_definition.name is 'Full name.';
comment on column cdr.kpi_definition.formula is 'How it is computed.';
comment on column cdr.kpi_definition.variant is 'Which reading of the term this is, and what other readings do.';
comment on column cdr.kpi_definition.source is 'Standard or practice it comes from, and how sure we are.';
comment on column cdr.kpi_definition.unit is 'percent, seconds, count.';
comment on column cdr.kpi_definition.is_default is 'Computed by the shipped views; the others are listed so that nobody mistakes one for the other.';

grant select on cdr.ruleset, cdr.category, cdr.provider, cdr.setting, cdr.kpi_definition
    to cdretl_loader, cdretl_dashboard;
grant insert, update on cdr.ruleset, cdr.category, cdr.provider to cdretl_loader;
grant usage on sequence cdr.ruleset_id_seq to cdretl_loader;

-- How records came here: runs, files, what was set aside, what was decided anew.

create sequence cdr.run_id_seq as integer;

create table cdr.run (
    run_id integer primary key default nextval('cdr.run_id_seq'),
    kind text collate "C" not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    exit_code smallint,
    ruleset_id integer references cdr.ruleset,
    untested_rules boolean not null default false,
    zone text collate "C",
    profile text collate "C",
    options jsonb not null default '{}',
    program text collate "C" not null,
    db_user text collate "C" not null default session_user,
    backend_pid integer not null default pg_backend_pid()
);

comment on sequence cdr.run_id_seq is 'Numbers of runs.';
comment on table cdr.run is 'Runs of the program that write: loads, recomputations.';
comment on column cdr.run.run_id is 'Number of the run.';
comment on column cdr.run.kind is 'load, recompute, replay, purge, forget or unload.';
comment on column cdr.run.started_at is 'When it began.';
comment on column cdr.run.finished_at is 'When it ended; null while it runs, and for ever when it was killed.';
comment on column cdr.run.exit_code is 'Exit code of the program, 0 when all went well.';
comment on column cdr.run.ruleset_id is 'Rule set it decided with.';
comment on column cdr.run.untested_rules is 'The rule set''s own cases failed and the user insisted.';
comment on column cdr.run.zone is 'Zone that was given for times without one; null: none was.';
comment on column cdr.run.profile is 'Profile that was given; null: found out, file by file.';
comment on column cdr.run.options is 'Options that were given: how exports were to be read.';
comment on column cdr.run.program is 'Program and version.';
comment on column cdr.run.db_user is 'Database user.';
comment on column cdr.run.backend_pid is 'Server process of its connection.';

create sequence cdr.file_id_seq as integer;

create table cdr.file (
    file_id integer primary key default nextval('cdr.file_id_seq'),
    run_id integer not null references cdr.run,
    name text not null,
    sha256 bytea,
    verdict text collate "C" not null check (verdict in ('loaded', 'refused', 'rolled_back', 'unloaded')),
    reason text,
    loaded_at timestamptz not null default now(),
    profile text collate "C",
    encoding text collate "C",
    zone text collate "C",
    options jsonb not null default '{}',
    first_at timestamptz,
    last_at timestamptz,
    has_gateway boolean not null default false,
    has_orphans boolean not null default false,
    lines bigint,
    headers bigint,
    blank bigint,
    records bigint not null default 0,
    inserted bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    duplicate bigint not null default 0,
    rejected bigint not null default 0,
    rejected_by_code jsonb not null default '{}',
    calls bigint not null default 0,
    ambiguous_times bigint not null default 0,
    warnings text[] not null default '{}',
    caption bytea,
    unloaded_at timestamptz,
    unloaded_by_run integer references cdr.run
);

-- A file that was refused may come again; one that was loaded may not.
create unique index file_loaded_once on cdr.file (sha256) where verdict = 'loaded';

comment on sequence cdr.file_id_seq is 'Numbers of files.';
comment on table cdr.file is 'The ledger: files that were loaded or refused, with all their counts. For loaded ones records = inserted + updated + unchanged + duplicate + rejected.';
comment on column cdr.file.file_id is 'Number of the file.';
comment on column cdr.file.run_id is 'Run that took it.';
comment on column cdr.file.name is 'Name as the user gave it.';
comment on column cdr.file.sha256 is 'SHA-256 of the decompressed bytes; a loaded file is known again by it.';
comment on column cdr.file.verdict is 'loaded; refused (the file makes no sense); rolled_back (too many rejects); unloaded (it was loaded, and taken back).';
comment on column cdr.file.reason is 'Why it was refused or rolled back.';
comment on column cdr.file.loaded_at is 'When.';
comment on column cdr.file.profile is 'Profile it was read with.';
comment on column cdr.file.encoding is 'Encoding it was read with.';
comment on column cdr.file.zone is 'Zone in which its times were read; null: they say their own.';
comment on column cdr.file.options is 'Options that were given: how it was to be read.';
comment on column cdr.file.first_at is 'Earliest start of its legs.';
comment on column cdr.file.last_at is 'Latest start of its legs.';
comment on column cdr.file.has_orphans is 'It has B-legs whose A-leg it lacks: a call may have legs of another file too.';
comment on column cdr.file.has_gateway is 'At least one record names a gateway. Where none does, long destinations tell the attempts.';
comment on column cdr.file.lines is 'Physical lines; null where records are not lines.';
comment on column cdr.file.headers is 'Caption lines among them.';
comment on column cdr.file.blank is 'Blank lines among them.';
comment on column cdr.file.records is 'Records read.';
comment on column cdr.file.inserted is 'New legs.';
comment on column cdr.file.updated is 'Legs that it knew more about.';
comment on column cdr.file.unchanged is 'Legs that were known as well or better.';
comment on column cdr.file.duplicate is 'Records of a leg that another record of this file tells too.';
comment on column cdr.file.rejected is 'Records set aside, see cdr.reject.';
comment on column cdr.file.rejected_by_code is 'The same by reason: code to count.';
comment on column cdr.file.calls is 'Calls its legs belong to.';
comment on column cdr.file.ambiguous_times is 'Starts in an hour that the clock repeats.';
comment on column cdr.file.warnings is 'What else there was to say.';
comment on column cdr.file.caption is 'Caption line of a CSV file that has rejects: they are written back below it. Null for others.';
comment on column cdr.file.unloaded_at is 'When it was taken back.';
comment on column cdr.file.unloaded_by_run is 'Run that took it back.';

create sequence cdr.reject_id_seq as bigint;

create table cdr.reject (
    reject_id bigint primary key default nextval('cdr.reject_id_seq'),
    file_id integer not null references cdr.file,
    code text collate "C" not null,
    line_no bigint,
    byte_offset bigint not null,
    column_name text,
    raw bytea,
    raw_is_cut boolean not null,
    closed_at timestamptz,
    closed_by_run integer
);

create index reject_open on cdr.reject (file_id) where closed_at is null;

comment on sequence cdr.reject_id_seq is 'Numbers of rejects.';
comment on table cdr.reject is 'The quarantine: records that were set aside, with their place and their bytes.';
comment on column cdr.reject.reject_id is 'Number of the reject.';
comment on column cdr.reject.file_id is 'File it stands in.';
comment on column cdr.reject.code is 'Why: one of the closed list of codes.';
comment on column cdr.reject.line_no is 'First physical line, from 1; null where the input has no lines.';
comment on column cdr.reject.byte_offset is 'Byte where it begins, in the decompressed file, from 0.';
comment on column cdr.reject.column_name is 'What the export calls the field at fault; null when no one field is.';
comment on column cdr.reject.raw is
    'The record as it stood, any bytes, perhaps cut; null or empty when it was erased: its file is older than the setting reject_text_days, its month was purged, or it held an erased number.';
comment on column cdr.reject.raw_is_cut is 'raw was longer and is cut.';
comment on column cdr.reject.closed_at is 'When a replay loaded it after all; null while it is open.';
comment on column cdr.reject.closed_by_run is 'Run that loaded it.';

-- Its key grows with time as that of cdr.leg does, and names no table: a recomputation of
-- everything writes as many rows as there are legs.
create table cdr.outcome_change (
    run_id integer not null,
    leg_key uuid not null,
    started_at timestamptz not null,
    changed_at timestamptz not null default now(),
    old_category text collate "C" not null,
    new_category text collate "C" not null,
    old_confidence text collate "C" not null,
    new_confidence text collate "C" not null,
    old_alternatives text[],
    new_alternatives text[],
    old_rule_id text collate "C",
    new_rule_id text collate "C",
    old_provider text collate "C",
    new_provider text collate "C",
    old_ruleset_id integer,
    new_ruleset_id integer,
    primary key (started_at, leg_key, run_id)
);

comment on table cdr.outcome_change is 'Classification history: what a recomputation changed, one row a leg and run.';
comment on column cdr.outcome_change.run_id is 'The recomputation.';
comment on column cdr.outcome_change.leg_key is 'The leg.';
comment on column cdr.outcome_change.started_at is 'Its start.';
comment on column cdr.outcome_change.changed_at is 'When it was changed.';
comment on column cdr.outcome_change.old_category is 'Category before.';
comment on column cdr.outcome_change.new_category is 'Category after.';
comment on column cdr.outcome_change.old_confidence is 'Confidence before.';
comment on column cdr.outcome_change.new_confidence is 'Confidence after.';
comment on column cdr.outcome_change.old_alternatives is 'Alternatives before.';
comment on column cdr.outcome_change.new_alternatives is 'Alternatives after.';
comment on column cdr.outcome_change.old_rule_id is 'Rule that decided before.';
comment on column cdr.outcome_change.new_rule_id is 'Rule that decided after.';
comment on column cdr.outcome_change.old_provider is 'Provider before.';
comment on column cdr.outcome_change.new_provider is 'Provider after.';
comment on column cdr.outcome_change.old_ruleset_id is 'Rule set before.';
comment on column cdr.outcome_change.new_ruleset_id is 'Rule set after.';

grant select, insert, update on cdr.run, cdr.file, cdr.reject, cdr.outcome_change to cdretl_loader;
grant select on cdr.run, cdr.outcome_change to cdretl_dashboard;
-- Not what texts there are: numbers may stand in them; cdr.file_shown has them masked.
grant select (file_id, run_id, verdict, loaded_at, profile, encoding, first_at, last_at, has_gateway, lines, headers,
    blank, records, inserted, updated, unchanged, duplicate, rejected, rejected_by_code, calls, ambiguous_times)
    on cdr.file to cdretl_dashboard;
grant usage on sequence cdr.run_id_seq, cdr.file_id_seq, cdr.reject_id_seq to cdretl_loader;

-- Legs, partitioned by month of their start.
--
-- The primary key leads with time: keys that grow with time keep the insert at the
-- right edge of the index, a random uuid in front would cost half as much again.  No
-- other index: dashboards read the statistics.  call_key is in the key because Citus
-- distributes by it.  Columns stand in the order of row_columns in the program's row.c;
-- evidence_hash is the loader's own.

create table cdr.leg (
    leg_key uuid not null,
    call_key uuid not null,
    side text collate "C" not null,
    domain text collate "C",
    direction text collate "C",
    started_at timestamptz not null,
    answered_at timestamptz,
    bridged_at timestamptz,
    ended_at timestamptz,
    time_flag text collate "C",
    caller text collate "C",
    destination text collate "C",
    caller_e164 text collate "C",
    destination_e164 text collate "C",
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
    pdd_seconds integer,
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
    transfer_from uuid,
    schema_name text collate "C",
    is_outbound boolean not null,
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

comment on table cdr.leg is 'Legs: one channel of a call each, as exports have it and as the rules understood it. Partitioned by month of started_at (UTC).';

comment on column cdr.leg.leg_key is 'Key of the leg: the export''s uuid, or a name-based one made of what the record says.';
comment on column cdr.leg.call_key is 'Key of the call: the A-leg''s leg_key. Legs of one call share it.';
comment on column cdr.leg.side is 'a: the caller''s side, no parent. b: it has a parent.';
comment on column cdr.leg.domain is 'Webitel domain.';
comment on column cdr.leg.direction is 'inbound, outbound or internal, as exported; often empty on B-legs.';
comment on column cdr.leg.started_at is 'Start of the leg.';
comment on column cdr.leg.answered_at is 'Answer; null when never or not exported.';
comment on column cdr.leg.bridged_at is 'When it was connected to another leg.';
comment on column cdr.leg.ended_at is 'Hang-up.';
comment on column cdr.leg.time_flag is 'repeated_hour: the start was a wall-clock time in an hour that the clock repeats.';
comment on column cdr.leg.caller is 'Number that calls.';
comment on column cdr.leg.destination is 'Number that is called.';
comment on column cdr.leg.caller_e164 is 'The same number in international form, as mappings/numbers.json tells; null when it is no subscriber''s number or cannot be known. For repeat calls: coalesce(caller_e164, caller).';
comment on column cdr.leg.destination_e164 is 'The same of the destination.';
comment on column cdr.leg.extension is 'Extension of the employee.';
comment on column cdr.leg.agent is 'Employee.';
comment on column cdr.leg.queue is 'Queue or campaign.';
comment on column cdr.leg.queue_type is 'Kind of the queue.';
comment on column cdr.leg.gateway is 'Webitel''s name of the trunk.';
comment on column cdr.leg.provider is 'Carrier behind the trunk, see cdr.provider; null when no mapping knows it.';
comment on column cdr.leg.duration is 'Seconds from start to end.';
comment on column cdr.leg.bill_seconds is 'Seconds from answer to end, as exported.';
comment on column cdr.leg.talk_seconds is 'Seconds of talk after the answer, as exported, else from bridge to end less hold. 0: picked up, and connected to nobody. Null: not known.';
comment on column cdr.leg.early_media_seconds is 'Seconds of sound from the network before answer.';
comment on column cdr.leg.pdd_seconds is 'Seconds from start to 180 Ringing: post dial delay. Null when there was none, or none is exported.';
comment on column cdr.leg.ring_seconds is 'Seconds of ringing, from 180 to answer or end.';
comment on column cdr.leg.wait_seconds is 'Seconds in the queue, until an agent came or the caller left.';
comment on column cdr.leg.hold_seconds is 'Seconds on hold.';
comment on column cdr.leg.hangup_cause is 'FreeSWITCH''s hang-up cause.';
comment on column cdr.leg.disposition is 'FreeSWITCH''s SIP hang-up disposition, as exported.';
comment on column cdr.leg.release is 'How the leg ended, whatever the generation of the export: remote_refusal, own_cancel, remote_cancel, own_refusal, bye, none.';
comment on column cdr.leg.sip_code is 'SIP code as exported.';
comment on column cdr.leg.q850 is 'Q.850 cause of an explicit Reason header.';
comment on column cdr.leg.q850_implied is 'Q.850 cause that FreeSWITCH must have seen to name its cause as it did.';
comment on column cdr.leg.hangup_by is 'Who hung up, as exported.';
comment on column cdr.leg.webitel_result is 'Webitel''s own computed result.';
comment on column cdr.leg.originate_disposition is 'Cause with which originating failed.';
comment on column cdr.leg.amd_result is 'Answer detection: result.';
comment on column cdr.leg.amd_cause is 'Answer detection: cause.';
comment on column cdr.leg.announcement is 'What was recognised in early media.';
comment on column cdr.leg.sip_reason is 'Reason header as exported.';
comment on column cdr.leg.transfer_disposition is 'Outcome of a transfer.';
comment on column cdr.leg.transfer_from is 'Of a consultation before an attended transfer: a leg of the call that it belongs to. It is no call of its own.';
comment on column cdr.leg.schema_name is 'Flow or schema that handled the call.';
comment on column cdr.leg.is_outbound is 'It went out: its direction says so, or where that is blank a trunk''s own number placed it, or an extension called what is none.';
comment on column cdr.leg.answered is 'The evidence proves an answer.';
comment on column cdr.leg.category is 'What it came to, see cdr.category.';
comment on column cdr.leg.confidence is 'certain, probable, or ambiguous (then category is UNDETERMINED).';
comment on column cdr.leg.alternatives is 'Categories that the evidence leaves possible besides, or instead.';
comment on column cdr.leg.outcome_group is 'Group of the category, or the one that all alternatives share.';
comment on column cdr.leg.ended_by is 'caller, callee, system or network; null when not known.';
comment on column cdr.leg.linked_by is 'id: the export names the parent. adjacency: neighbours of an export without ids.';
comment on column cdr.leg.rule_id is 'Rule that decided.';
comment on column cdr.leg.ruleset_id is 'Rule set it belongs to, see cdr.ruleset.';
comment on column cdr.leg.naive_category is 'What a reader of the hang-up cause alone would say.';
comment on column cdr.leg.run_id is 'Run that wrote this row.';
comment on column cdr.leg.file_id is 'File that knows it best.';
comment on column cdr.leg.line_no is 'Physical line there; null where it has no lines.';
comment on column cdr.leg.extra is 'Columns of the export that no column here takes.';
comment on column cdr.leg.evidence_hash is 'Loader''s fingerprint of what one record says; 0 when the leg is merged from several (cdr.leg_version).';

-- Where several exports differ about one leg, what each of them says is kept, so that the
-- merged leg does not depend on the order in which they came.
create table cdr.leg_version (
    like cdr.leg including comments,
    primary key (leg_key, evidence_hash)
);

comment on table cdr.leg_version is 'Versions of legs about which exports differ, one row a version that still contributes; columns as in cdr.leg. The leg itself is merged from them field by field. Legs on which all exports agree have no row here.';

-- What must be known to take a file back.  Both are written only where a second file has a
-- leg that is known: of what one file alone has, cdr.leg says everything.
create table cdr.leg_source (
    leg_key uuid not null,
    evidence_hash bigint not null,
    file_id integer not null,
    line_no bigint,
    started_at timestamptz not null
);

-- Read by file, or by time, and filled in the order of both.
create index leg_source_place on cdr.leg_source using brin (file_id, started_at);

comment on table cdr.leg_source is 'Which file has which version of a leg, besides the one that cdr.leg names; as a set: a row may be there twice. Legs that only one file has have no row here.';
comment on column cdr.leg_source.leg_key is 'Key of the leg.';
comment on column cdr.leg_source.evidence_hash is 'Fingerprint of the version.';
comment on column cdr.leg_source.file_id is 'The file.';
comment on column cdr.leg_source.line_no is 'Physical line there; null where it has no lines.';
comment on column cdr.leg_source.started_at is 'Start of the leg there.';

create table cdr.leg_record (
    like cdr.leg including comments,
    primary key (leg_key, evidence_hash)
);

comment on table cdr.leg_record is 'Every version of legs about which exports differ, also those that contribute nothing while the others are there; columns as in cdr.leg. When a file is taken back, the leg is merged from what is left.';

grant select, insert, update, delete on cdr.leg, cdr.leg_version, cdr.leg_source, cdr.leg_record to cdretl_loader;

-- Statistics by the hour: counts and sums, never ratios, so that any rows can be added up.
-- The loader rebuilds the hours that a load touched.

create table cdr.stat_hour (
    hour timestamptz not null,
    unit text collate "C" not null check (unit in ('call', 'attempt')),
    domain text collate "C",
    provider text collate "C",
    gateway text collate "C",
    direction text collate "C",
    queue text collate "C",
    category text collate "C" not null,
    confidence text collate "C" not null,
    hangup_cause text collate "C",
    sip_code smallint,
    disposition text collate "C",
    alternatives text[] collate "C",
    naive_category text collate "C",
    n bigint not null,
    answered bigint not null,
    delivered_low bigint not null,
    delivered_high bigint not null,
    short bigint not null,
    rang bigint not null,
    duration bigint not null,
    bill_seconds bigint not null,
    bill_n bigint not null,
    talk_seconds bigint not null,
    early_media_seconds bigint not null,
    pdd_seconds bigint not null,
    pdd_n bigint not null,
    ring_seconds bigint not null,
    ring_n bigint not null,
    setup_seconds bigint not null,
    setup_n bigint not null,
    wait_seconds bigint not null,
    wait_n bigint not null,
    hold_seconds bigint not null,
    handling_seconds bigint not null,
    handling_n bigint not null,
    by_agent bigint not null,
    served_in_time bigint not null,
    left_soon bigint not null,
    legs bigint not null,
    basis bigint
);

-- Views look at ranges of hours; how many there were the index alone knows.
create index stat_hour_hour on cdr.stat_hour (hour, unit) include (n);

comment on table cdr.stat_hour is 'Calls and attempts by the hour of their start: counts and sums that may be added up. Made from cdr.leg; rebuilt for the hours that a load touches.';
comment on column cdr.stat_hour.hour is 'Beginning of the hour (UTC), half-open.';
comment on column cdr.stat_hour.unit is 'call or attempt; never add the two.';
comment on column cdr.stat_hour.domain is 'Webitel domain.';
comment on column cdr.stat_hour.provider is 'Carrier, see cdr.provider.';
comment on column cdr.stat_hour.gateway is 'Trunk.';
comment on column cdr.stat_hour.direction is 'Direction.';
comment on column cdr.stat_hour.queue is 'Queue or campaign.';
comment on column cdr.stat_hour.category is 'What it came to.';
comment on column cdr.stat_hour.confidence is 'How sure that is.';
comment on column cdr.stat_hour.hangup_cause is 'Hang-up cause of the leg that decided.';
comment on column cdr.stat_hour.sip_code is 'SIP code of the leg that decided, as exported.';
comment on column cdr.stat_hour.disposition is 'SIP hang-up disposition of the leg that decided, as exported: a carrier that begins to send a new pair of code and disposition is seen here.';
comment on column cdr.stat_hour.alternatives is 'The candidates of an ambiguous outcome, else null: bounds of a category''s share count its sets too.';
comment on column cdr.stat_hour.naive_category is 'What a reader of the hang-up cause alone would say; for a call, of its A-leg.';
comment on column cdr.stat_hour.n is 'Calls or attempts.';
comment on column cdr.stat_hour.answered is 'Answered ones, by evidence and not by category.';
comment on column cdr.stat_hour.delivered_low is 'Those for which the network certainly did its part (numerator of NER).';
comment on column cdr.stat_hour.delivered_high is 'Those for which it may have: ambiguous outcomes and cancels without known ringing count here.';
comment on column cdr.stat_hour.short is 'Answered with at least 1 and at most cdr.setting short_call_seconds billed seconds.';
comment on column cdr.stat_hour.rang is 'Known to have rung (180) or to have had early media.';
comment on column cdr.stat_hour.duration is 'Sum of durations, seconds.';
comment on column cdr.stat_hour.bill_seconds is 'Sum of billed seconds of answered ones.';
comment on column cdr.stat_hour.bill_n is 'How many answered ones have billed seconds.';
comment on column cdr.stat_hour.talk_seconds is 'Sum of talk seconds.';
comment on column cdr.stat_hour.early_media_seconds is 'Sum of early media seconds.';
comment on column cdr.stat_hour.pdd_seconds is 'Sum of seconds from start to 180, where known.';
comment on column cdr.stat_hour.pdd_n is 'How many have them.';
comment on column cdr.stat_hour.ring_seconds is 'Sum of ringing seconds, from 180 to answer or end, where known.';
comment on column cdr.stat_hour.ring_n is 'How many have ringing seconds.';
comment on column cdr.stat_hour.setup_seconds is 'Sum of seconds from start to answer of answered ones.';
comment on column cdr.stat_hour.setup_n is 'How many answered ones have both durations.';
comment on column cdr.stat_hour.wait_seconds is 'Sum of seconds in the queue, where known.';
comment on column cdr.stat_hour.wait_n is 'How many have them.';
comment on column cdr.stat_hour.hold_seconds is 'Sum of seconds on hold.';
comment on column cdr.stat_hour.handling_seconds is 'Sum of handling, talk and hold, of those answered by a person, where talk is known.';
comment on column cdr.stat_hour.handling_n is 'How many of them have it.';
comment on column cdr.stat_hour.by_agent is 'Answered by a person or a phone; the others of answered were answered by the flow alone.';
comment on column cdr.stat_hour.served_in_time is 'Answered by a person after at most cdr.setting service_seconds of known waiting.';
comment on column cdr.stat_hour.left_soon is 'Not answered by a person after at most cdr.setting soon_seconds of known waiting: short abandons.';
comment on column cdr.stat_hour.legs is 'Legs they are made of.';
comment on column cdr.stat_hour.basis is 'Fingerprint of the settings and category flags it was counted by, see cdr.stat_basis(); recompute rebuilds hours of another. Null: not known.';

grant select on cdr.stat_hour to cdretl_loader, cdretl_dashboard;
grant insert, update, delete on cdr.stat_hour to cdretl_loader;

-- Retention: months whose legs were dropped, and what must stay true afterwards.
--
-- Statistics stay.  So nothing may build the hours of a purged month anew: its legs
-- are refused on the way in (reject code purged), its partition is not made again.
-- A call that went on over the month's end was counted where it began; the legs of it
-- that are left in the next month remain attempts and are no call of their own.

create table cdr.purged_month (
    month date primary key check (extract(day from month) = 1),
    run_id integer not null references cdr.run,
    purged_at timestamptz not null default now(),
    legs bigint not null,
    bytes bigint,
    versions bigint not null,
    changes bigint not null,
    texts bigint not null,
    truncated_calls bigint not null
);

comment on table cdr.purged_month is 'Months whose legs were dropped. Their statistics stay as they are; legs that come later are refused.';
comment on column cdr.purged_month.month is 'First day of the month (UTC).';
comment on column cdr.purged_month.run_id is 'Run that dropped it.';
comment on column cdr.purged_month.purged_at is 'When.';
comment on column cdr.purged_month.legs is 'Legs that were dropped.';
comment on column cdr.purged_month.bytes is 'What the partition held of the disk; null on Citus, where it lies elsewhere.';
comment on column cdr.purged_month.versions is 'Rows of cdr.leg_version that went with them.';
comment on column cdr.purged_month.changes is 'Rows of cdr.outcome_change that went with them.';
comment on column cdr.purged_month.texts is 'Rejects whose text was erased: those of files that end before the month does.';
comment on column cdr.purged_month.truncated_calls is 'Calls that may have legs in the next month.';

create table cdr.truncated_call (
    call_key uuid primary key,
    month date not null
);

comment on table cdr.truncated_call is 'Calls of a purged month that went on over its end: their statistics stand there, what is left of them is no call of the next month.';
comment on column cdr.truncated_call.call_key is 'Key of the call.';
comment on column cdr.truncated_call.month is 'The purged month it was counted in.';

grant select on cdr.purged_month, cdr.truncated_call to cdretl_loader;
grant select on cdr.purged_month to cdretl_dashboard;

-- Numbers of subscribers that were erased and must not come back.
--
-- A number is kept as its HMAC-SHA-256 only, so that a later export cannot bring it
-- back.  The key is made here, once a database: without one, whoever has the list
-- finds every number in it by trying them all.  It is for the loader's eyes alone.

create table cdr.suppression_key (
    key bytea not null check (octet_length(key) = 32),
    singleton boolean primary key default true check (singleton)
);

-- Three random uuids are more than 256 random bits.
insert into cdr.suppression_key (key)
select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

create table cdr.suppression (
    hmac bytea primary key check (octet_length(hmac) = 32),
    run_id integer not null references cdr.run,
    suppressed_at timestamptz not null default now()
);

comment on table cdr.suppression_key is 'The key of cdr.suppression: random, one a database. Keep it with the database: without it erased numbers come back.';
comment on column cdr.suppression_key.key is 'The key, 32 random bytes.';
comment on column cdr.suppression_key.singleton is 'True: there is one key.';
comment on table cdr.suppression is 'Numbers of subscribers that were erased and stay away: the loader puts 0000000 where one of them stands.';
comment on column cdr.suppression.hmac is 'HMAC-SHA-256 of the number''s digits.';
comment on column cdr.suppression.run_id is 'Run that erased it.';
comment on column cdr.suppression.suppressed_at is 'When.';

grant select on cdr.suppression_key to cdretl_loader;
grant select, insert on cdr.suppression to cdretl_loader;

-- Days that a recomputation has finished, so that one that was interrupted goes on
-- where it stopped.

create sequence cdr.recompute_slice_id_seq as bigint;

create table cdr.recompute_slice (
    slice_id bigint primary key default nextval('cdr.recompute_slice_id_seq'),
    run_id integer not null references cdr.run,
    period_from timestamptz not null,
    period_to timestamptz not null,
    providers text[],
    categories text[],
    first_at timestamptz not null,
    next_at timestamptz not null,
    file_id integer not null,
    done_at timestamptz not null default now(),
    legs bigint not null,
    changed bigint not null,
    hours bigint not null,
    moves jsonb not null,
    closed_by_run integer
);

create index recompute_slice_open on cdr.recompute_slice (period_from) where closed_by_run is null;

comment on sequence cdr.recompute_slice_id_seq is 'Numbers of finished days of recomputations, in the order in which they were finished.';
comment on table cdr.recompute_slice is 'Days that a recomputation has finished. The same recomputation, begun again after it was interrupted, does not read them again.';
comment on column cdr.recompute_slice.slice_id is 'Number; a greater one was finished later.';
comment on column cdr.recompute_slice.run_id is 'The recomputation; its rule set and program decided.';
comment on column cdr.recompute_slice.period_from is 'First start of the period it was asked for.';
comment on column cdr.recompute_slice.period_to is 'Start behind the last of that period.';
comment on column cdr.recompute_slice.providers is 'Only legs of these carriers were decided again; null: all.';
comment on column cdr.recompute_slice.categories is 'Only legs of these categories, as they were stored; null: all.';
comment on column cdr.recompute_slice.first_at is 'Begin of the day (UTC), or of the period.';
comment on column cdr.recompute_slice.next_at is 'Its end, half-open. Legs behind it whose call has a leg before it were decided with it.';
comment on column cdr.recompute_slice.file_id is 'Newest file of the ledger when it was finished: a later one with legs of this day and another rule set makes it unfinished again.';
comment on column cdr.recompute_slice.done_at is 'When it was finished.';
comment on column cdr.recompute_slice.legs is 'Legs decided again.';
comment on column cdr.recompute_slice.changed is 'Legs whose outcome changed.';
comment on column cdr.recompute_slice.hours is 'Hours whose statistics changed.';
comment on column cdr.recompute_slice.moves is 'How many legs went from which category to which, or stayed.';
comment on column cdr.recompute_slice.closed_by_run is 'Run that finished the whole period; null while there is something to go on with.';

grant select, insert, update on cdr.recompute_slice to cdretl_loader;
grant select on cdr.recompute_slice to cdretl_dashboard;
grant usage on sequence cdr.recompute_slice_id_seq to cdretl_loader;

-- Keys of this database, made here, for the loader's eyes alone.

create table cdr.secret (
    purpose text collate "C" primary key,
    key bytea not null check (octet_length(key) >= 16),
    made_at timestamptz not null default now()
);

comment on table cdr.secret is 'Keys of this database: random, made by init. Keep them with the database; whoever has one can try out what was made with it.';
comment on column cdr.secret.purpose is 'leg_name: names of legs whose export gives no id.';
comment on column cdr.secret.key is 'The key.';
comment on column cdr.secret.made_at is 'When it was made.';

-- A random uuid has 122 random bits: two of them, digested, fill 128.
insert into cdr.secret (purpose, key)
select 'leg_name', substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16);

grant select on cdr.secret to cdretl_loader;
grant update (call_key) on cdr.truncated_call to cdretl_loader;
