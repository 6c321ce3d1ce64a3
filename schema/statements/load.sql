-- A run, its transactions, and a file of its, in the order in which it is sent.

-- name: rights
-- Who the user is, where, and whether he may look into the schema, store legs, and keep
-- temporary tables; no row where there is no schema.
select pg_catalog.quote_ident(current_user), pg_catalog.quote_ident(pg_catalog.current_database()),
    pg_catalog.has_schema_privilege(n.oid, 'usage'),
    pg_catalog.has_table_privilege(c.oid, 'insert'),
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'temporary')
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'cdr' and c.relname = 'leg';

-- name: begin
-- Every transaction that writes sets this.  On Citus it makes statements that touch tables
-- of every node and distributed ones agree, and keeps settings and roles of ours from being
-- repeated on the nodes, text and all, and lets keys of a file of any size go there, which
-- above 1 GB would end it; elsewhere the names mean nothing and do no harm.  The rest is for the
-- statistics and the merge: few sessions write at a time, and compiling costs more than it gains
-- here.
set local citus.multi_shard_modify_mode to 'sequential';
set local citus.propagate_set_commands to 'none';
set local citus.max_intermediate_result_size to -1;
set local jit to off;
set local work_mem to '128MB';

-- name: lock
-- The lock of everybody who writes legs: 'cdretl' in ASCII, as one number.
select pg_try_advisory_xact_lock(109283067130988);

-- name: await_nodes
-- Whoever counts from legs has waited for every node.
select cdr.await_nodes();

-- name: lock_shared
-- The same lock, for loads that go on beside each other.
select pg_try_advisory_xact_lock_shared(109283067130988);

-- name: lock_file
-- Loads beside each other: who has a file of the same bytes waits until the other is done.
-- 'file' in ASCII, and a part of the bytes' digest.
select pg_advisory_xact_lock(1718185061, $1::integer);

-- name: lock_days
-- Loads beside each other: whoever has legs of the same days waits until the other is done.
-- 'days' in ASCII, and which of $3 locks the days $1 to $2 (since 1970) have, in ascending order, so
-- that no two wait for each other.
select pg_advisory_xact_lock(1684109683, k.lock)
from (
    select distinct ((d.day % $3::bigint + $3::bigint) % $3::bigint)::integer as lock
    from generate_series($1::bigint, least($2::bigint, $1::bigint + $3::bigint - 1)) d(day)
    order by 1
) k;

-- name: lock_holder
-- Who holds it.  A run that is not finished and whose server process is the
-- holder names itself; times of other users' processes may be hidden from us.
select
    coalesce('run ' || r.run_id || ' (' || r.kind || ')', coalesce(nullif(a.application_name, ''), 'a session'))
    || coalesce(' of ' || a.usename, '')
    || coalesce(' since ' || to_char(coalesce(a.xact_start, r.started_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC', '')
    || ', server process ' || l.pid
from pg_locks l
left join pg_stat_activity a on a.pid = l.pid
left join lateral (
    select * from cdr.run
    where backend_pid = l.pid and finished_at is null
    order by run_id desc
    limit 1
) r on true
where l.locktype = 'advisory'
    and l.granted
    and l.database = (select oid from pg_database where datname = current_database())
    and l.classid = (109283067130988 >> 32)::oid
    and l.objid = (109283067130988 & 4294967295)::oid
    and l.objsubid = 1;

-- name: run_close
-- Runs that were killed end now: their server process is gone.  How they ended nobody knows.
-- One that goes on after all, behind a pooler, says itself how it ended.
update cdr.run r
set finished_at = now()
where r.finished_at is null and not
    -- include rules/run_alive

-- name: run
-- A run begins.
insert into cdr.run (kind, ruleset_id, untested_rules, program, zone, profile, options)
values ($1, $2::integer, $3::boolean, $4, $5, $6, coalesce($7::jsonb, '{}'))
returning run_id;

-- name: run_finish
-- A run ends: its number $1, exit code $2, seconds by phase $3 or null.
update cdr.run set finished_at = now(), exit_code = $2::smallint, seconds = $3::jsonb
where run_id = $1::integer;

-- name: name_key
-- The key that names legs without id.
select encode(key, 'hex') from cdr.secret where purpose = 'leg_name';

-- name: months
-- Which months of cdr.leg there are, and which were purged: year, month from 0, purged, and
-- whether its rows may change as they are stored.
-- include rules/months

-- name: are_compacted
-- Are months compacted that have a part in [$1, $2)?
select exists (
    select 1
    from (
        -- include rules/stored_months
    ) m
    where not m.may_change and m.month::timestamp at time zone 'UTC' < $2::timestamptz
        and (m.month + interval '1 month') at time zone 'UTC' > $1::timestamptz
);

-- name: open_months
-- Compacted months that have a part in [$1, $2): their rows may change from now on.
select cdr.add_month(m.month)
from (
    -- include rules/stored_months
) m
where not m.may_change and m.month::timestamp at time zone 'UTC' < $2::timestamptz
    and (m.month + interval '1 month') at time zone 'UTC' > $1::timestamptz;

-- name: learn
-- What holds under the lock for a file of the bytes $1: whether it is loaded; a number for
-- it, where $2 asks for one and it is not; the fingerprint of what statistics depend on; the
-- key that names legs without id; whether there are numbers that stay away.  All that with
-- each of the months, or in one row without.
with known as materialized (
    select exists (
        select 1 from cdr.file where sha256 = decode($1, 'hex') and verdict = 'loaded'
    ) as is_known
)
select n.is_known, case when $2::boolean and not n.is_known then (select nextval('cdr.file_id_seq')) end as file_id,
    (select cdr.stat_basis()) as basis,
    (select encode(s.key, 'hex') from cdr.secret s where s.purpose = 'leg_name') as name_key,
    exists (select 1 from cdr.suppression) as has_suppressed, m.*
from known n
left join (
    -- include rules/months
) m on true;

-- name: file_zone
-- In which zone the loaded file of these bytes was read, and when its legs start (ms).
select coalesce(zone, ''), (extract(epoch from first_at) * 1000)::bigint, (extract(epoch from last_at) * 1000)::bigint
from cdr.file
where sha256 = decode($1, 'hex') and verdict = 'loaded' and first_at is not null;

-- name: near_files
-- Files that are loaded and may have a leg of a call that has legs from $1 to $2, or, where
-- is_near, a leg within a day and two hours of these: their periods in ms since 1970, and
-- whether calls lack their A-leg.  Of the near ones what is kept of their keys, $3 bytes a row,
-- which begin behind "at" of all bytes; null: nothing is.  Every leg starts inside its file's
-- period, and a zone mistaken moves a leg by a day at most.
select f.first_at, f.last_at, f.is_near, f.has_orphans, octet_length(k.keys) as bytes, p.at,
    substring(k.keys from p.at + 1 for $3::integer) as keys
from (
    select c.file_id, c.has_orphans,
        floor(extract(epoch from c.first_at) * 1000)::bigint as first_at,
        ceil(extract(epoch from c.last_at) * 1000)::bigint as last_at,
        c.last_at >= (select $1::timestamptz - cdr.leg_reach())
            and c.first_at <= (select $2::timestamptz + cdr.leg_reach()) as is_near
    from cdr.file c
    where c.verdict = 'loaded'
        and c.last_at >= (select $1::timestamptz - (cdr.leg_reach() + cdr.call_reach()))
        and c.first_at <= (select $2::timestamptz + (cdr.leg_reach() + cdr.call_reach()))
) f
left join cdr.file_keys k on k.file_id = f.file_id and f.is_near
cross join lateral (
    select 0 as at
    union all
    select g.at from generate_series($3::integer, octet_length(k.keys) - 1, $3::integer) g(at)
    where octet_length(k.keys) > $3::integer
) p;

-- name: direct
-- Rows are to go straight into cdr.leg, and may be called back.
--
-- They come in on all nodes of Citus or on none.  It commits in two phases where it has seen
-- rows change, and does not see those that a COPY, or an INSERT of a query, sends over a
-- connection that has read before: so a load changes something first, which is nothing.
select cdr.await_nodes();
delete from cdr.leg where started_at = '-infinity';
savepoint direct;

-- name: stage
-- Where rows wait that cannot go straight into cdr.leg; and a change of nothing, as above.
select cdr.await_nodes();
delete from cdr.leg where started_at = '-infinity';
create temp table stage (like cdr.leg) on commit drop;

-- name: clash
-- Is a leg of this file ($3, starts from $1 to $2) stored by another file too, whose legs
-- start from $4 to $5?  $6: the only keys that might, or null: all that the file has stored.
select cdr.is_told_again($3::integer, $1::timestamptz, $2::timestamptz, $4::timestamptz, $5::timestamptz, $6::uuid[]);

-- name: file
-- A file's row in the ledger: its number $1, run $2, name $3 and digest $4; $5 what is told of it
-- (etl/record/file_report.h); when its legs start, $6 to $7; $14: what is kept of its keys, or null.
with kept as (
    insert into cdr.file_keys (file_id, keys)
    select $1::integer, decode($14, 'hex') where $14 is not null
)
insert into cdr.file (file_id, run_id, name, sha256, verdict, reason, profile, encoding,
    first_at, last_at, has_gateway, lines, headers, blank, records, inserted, updated,
    unchanged, duplicate, rejected, rejected_by_code, calls, ambiguous_times, warnings, caption,
    zone, options, has_orphans, has_far_calls)
select $1::integer, $2::integer, $3, decode($4, 'hex'), r.verdict, r.reason, r.profile, r.encoding,
    $6::timestamptz, $7::timestamptz, $8::boolean, r.lines, r.headers, r.blank, r.records, r.inserted, r.updated,
    r.unchanged, r.duplicate, (select coalesce(sum(n.value::bigint), 0) from jsonb_each_text(r.rejected) n), r.rejected,
    r.calls, r.ambiguous_times, r.warnings, decode($9, 'hex'),
    $10, coalesce($11::jsonb, '{}'), $12::boolean, $13::boolean
from jsonb_to_record($5::jsonb) as r (verdict text, reason text, profile text, encoding text, lines bigint,
    headers bigint, blank bigint, records bigint, inserted bigint, updated bigint, unchanged bigint,
    duplicate bigint, rejected jsonb, calls bigint, ambiguous_times bigint, warnings text[]);
