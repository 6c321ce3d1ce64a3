-- How records came here: runs, files, what was set aside, what was decided anew.

set local role cdretl_owner;

create sequence cdr.run_id_seq as integer;

create table cdr.run (
    run_id integer primary key default nextval('cdr.run_id_seq'),
    kind text collate "C" not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    exit_code smallint,
    ruleset_id integer references cdr.ruleset,
    untested_rules boolean not null default false,
    program text collate "C" not null,
    db_user text collate "C" not null default session_user,
    backend_pid integer not null default pg_backend_pid()
);

comment on sequence cdr.run_id_seq is 'Numbers of runs.';
comment on table cdr.run is 'Runs of the program that write: loads, recomputations.';
comment on column cdr.run.run_id is 'Number of the run.';
comment on column cdr.run.kind is 'load, recompute, replay, purge or forget.';
comment on column cdr.run.started_at is 'When it began.';
comment on column cdr.run.finished_at is 'When it ended; null while it runs, and for ever when it was killed.';
comment on column cdr.run.exit_code is 'Exit code of the program, 0 when all went well.';
comment on column cdr.run.ruleset_id is 'Rule set it decided with.';
comment on column cdr.run.untested_rules is 'The rule set''s own cases failed and the user insisted.';
comment on column cdr.run.program is 'Program and version.';
comment on column cdr.run.db_user is 'Database user.';
comment on column cdr.run.backend_pid is 'Server process of its connection.';

create sequence cdr.file_id_seq as integer;

create table cdr.file (
    file_id integer primary key default nextval('cdr.file_id_seq'),
    run_id integer not null references cdr.run,
    name text not null,
    sha256 bytea,
    verdict text collate "C" not null check (verdict in ('loaded', 'refused', 'rolled_back')),
    reason text,
    loaded_at timestamptz not null default now(),
    profile text collate "C",
    encoding text collate "C",
    first_at timestamptz,
    last_at timestamptz,
    has_gateway boolean not null default false,
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
    warnings text[] not null default '{}'
);

-- A file that was refused may come again; one that was loaded may not.
create unique index file_loaded_once on cdr.file (sha256) where verdict = 'loaded';

comment on sequence cdr.file_id_seq is 'Numbers of files.';
comment on table cdr.file is 'The ledger: files that were loaded or refused, with all their counts. For loaded ones records = inserted + updated + unchanged + duplicate + rejected.';
comment on column cdr.file.file_id is 'Number of the file.';
comment on column cdr.file.run_id is 'Run that took it.';
comment on column cdr.file.name is 'Name as the user gave it.';
comment on column cdr.file.sha256 is 'SHA-256 of the decompressed bytes; a loaded file is known again by it.';
comment on column cdr.file.verdict is 'loaded; refused (the file makes no sense); rolled_back (too many rejects).';
comment on column cdr.file.reason is 'Why it was refused or rolled back.';
comment on column cdr.file.loaded_at is 'When.';
comment on column cdr.file.profile is 'Profile it was read with.';
comment on column cdr.file.encoding is 'Encoding it was read with.';
comment on column cdr.file.first_at is 'Earliest start of its legs.';
comment on column cdr.file.last_at is 'Latest start of its legs.';
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

create sequence cdr.reject_id_seq as bigint;

create table cdr.reject (
    reject_id bigint primary key default nextval('cdr.reject_id_seq'),
    file_id integer not null references cdr.file,
    code text collate "C" not null,
    line_no bigint,
    byte_offset bigint not null,
    column_name text,
    raw bytea not null,
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
comment on column cdr.reject.raw is 'The record as it stood, any bytes; perhaps cut.';
comment on column cdr.reject.raw_is_cut is 'raw was longer and is cut.';
comment on column cdr.reject.closed_at is 'When a replay loaded it after all; null while it is open.';
comment on column cdr.reject.closed_by_run is 'Run that loaded it.';

create table cdr.outcome_change (
    run_id integer not null references cdr.run,
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
    primary key (run_id, leg_key)
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
grant select on cdr.run, cdr.file, cdr.outcome_change to cdretl_dashboard;
grant usage on sequence cdr.run_id_seq, cdr.file_id_seq, cdr.reject_id_seq to cdretl_loader;
