-- A file is taken back, in the order in which it is sent.

-- name: find
-- Files that are loaded, or were, by what somebody calls them: bytes whose digest begins
-- with $1 (hex), of run $2, or of the name $3; any may be null.
select f.file_id, f.name, encode(f.sha256, 'hex') as sha256, f.verdict = 'loaded' as is_loaded,
    coalesce(extract(epoch from f.first_at) * 1000, 0)::bigint as first_at,
    coalesce(extract(epoch from f.last_at) * 1000, 0)::bigint as last_at, f.first_at is not null as has_legs
from cdr.file f
where f.verdict in ('loaded', 'unloaded')
    and (encode(f.sha256, 'hex') like $1 || '%' or f.run_id = $2::integer
        or f.name = $3 or f.name like '%/' || $3)
order by f.verdict, f.file_id;

-- name: prepare
-- Working tables of taking a file back.
--   taken   legs that the file has, and what the other files make of them: none of them has
--           it ('only'), those that have it say what is stored ('same'), or something else
--   taken_leg   the same as they are stored
--   left_version   versions that other files have of these legs
--   chosen  of each such version, the file that the leg will name
--   renamed_file  of each leg that stays as it is, the file that it will name
create temp table taken (leg_key uuid primary key, fate text) on commit drop;
create temp table taken_leg (leg_key uuid, call_key uuid, evidence_hash bigint, file_id integer, line_no bigint,
    started_at timestamptz) on commit drop;
create temp table left_version (leg_key uuid, evidence_hash bigint, file_id integer, line_no bigint,
    started_at timestamptz, has_gateway boolean) on commit drop;
create temp table chosen (leg_key uuid, evidence_hash bigint, file_id integer, line_no bigint,
    has_gateway boolean, primary key (leg_key, evidence_hash)) on commit drop;
create temp table renamed_file (leg_key uuid primary key, file_id integer, line_no bigint) on commit drop;

-- name: legs
-- The legs of file $3, whose legs start from $1 to $2.
insert into pg_temp.taken (leg_key)
select l.leg_key
from cdr.leg l
where l.file_id = $3::integer
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach()
union
select s.leg_key from cdr.leg_source s where s.file_id = $3::integer;

-- name: analyze
-- The planner knows nothing of tables made a moment ago, and would go through one for each
-- row of the other.
analyze pg_temp.taken;

-- name: stored
-- The legs as they are stored, from $1 to $2.
insert into pg_temp.taken_leg
select l.leg_key, l.call_key, l.evidence_hash, l.file_id, l.line_no, l.started_at
from cdr.leg l
join pg_temp.taken t on t.leg_key = l.leg_key
where l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach();

-- name: left
-- What other files have of them: as the sources say, and the legs themselves.  A leg about
-- which exports differ may name another file than the one whose version it is, for that
-- one names gateways; then the sources say all.
insert into pg_temp.left_version
select distinct v.leg_key, v.evidence_hash, v.file_id, v.line_no, v.started_at, coalesce(f.has_gateway, false)
from (
    select s.leg_key, s.evidence_hash, s.file_id, s.line_no, s.started_at
    from cdr.leg_source s
    join pg_temp.taken t on t.leg_key = s.leg_key
    where s.file_id <> $3::integer
        and s.started_at >= $1::timestamptz - cdr.leg_reach() * 2
        and s.started_at <= $2::timestamptz + cdr.leg_reach() * 2
    union all
    select l.leg_key, l.evidence_hash, l.file_id, l.line_no, l.started_at
    from pg_temp.taken_leg l
    left join (
        select distinct r.leg_key from cdr.leg_record r join pg_temp.taken t on t.leg_key = r.leg_key
    ) k on k.leg_key = l.leg_key
    where k.leg_key is null and l.evidence_hash <> 0 and l.file_id <> $3::integer
) v
left join cdr.file f on f.file_id = v.file_id;

-- name: fates
-- Of those that have a version the export that names gateways goes first, then the one that came
-- first.  What becomes of each leg: a version that is not on record is the stored leg's own.
insert into pg_temp.chosen
select distinct on (v.leg_key, v.evidence_hash) v.leg_key, v.evidence_hash, v.file_id, v.line_no, v.has_gateway
from pg_temp.left_version v
order by v.leg_key, v.evidence_hash, v.has_gateway desc, v.file_id, v.line_no;
analyze pg_temp.left_version, pg_temp.chosen, pg_temp.taken_leg;
update pg_temp.taken t set fate = f.fate
from (
    select n.leg_key, case
        when count(c.leg_key) = 0 then 'only'
        when bool_and(c.evidence_hash is not distinct from l.evidence_hash) then 'same'
        when bool_or(r.leg_key is not null) then 'other'
        else 'same'
        end as fate
    from pg_temp.taken n
    left join pg_temp.chosen c on c.leg_key = n.leg_key
    left join cdr.leg_record r on r.leg_key = c.leg_key and r.evidence_hash = c.evidence_hash
    left join pg_temp.taken_leg l on l.leg_key = n.leg_key
    group by n.leg_key
) f
where f.leg_key = t.leg_key;

-- name: counts
-- How many legs go, how many stay as others have them, and of these how many change.
select count(*) filter (where fate = 'only') as gone, count(*) filter (where fate <> 'only') as kept,
    count(*) filter (where fate = 'other') as changed
from pg_temp.taken;

-- name: calls
-- The calls of these legs.
insert into pg_temp.changed_call
select call_key, started_at from pg_temp.taken_leg;

-- name: stage
-- The versions that are left of legs that change.
insert into pg_temp.stage
select r.*
from cdr.leg_record r
join pg_temp.chosen c on c.leg_key = r.leg_key and c.evidence_hash = r.evidence_hash
join pg_temp.taken t on t.leg_key = r.leg_key
where t.fate = 'other';

-- name: stage_place
-- They stand where the chosen file has them.
update pg_temp.stage s set file_id = c.file_id, line_no = c.line_no
from pg_temp.chosen c
where c.leg_key = s.leg_key and c.evidence_hash = s.evidence_hash;

-- name: keep_file
-- Of legs that other files have just so, one of those.  Then the planner is told how many
-- there are of each fate.
insert into pg_temp.renamed_file
select distinct on (c.leg_key) c.leg_key, c.file_id, c.line_no
from pg_temp.chosen c
join pg_temp.taken t on t.leg_key = c.leg_key
where t.fate = 'same'
order by c.leg_key, c.has_gateway desc, c.file_id;
analyze pg_temp.taken, pg_temp.renamed_file;

-- name: keep
-- They name it, where they named this file ($3).
update cdr.leg l set file_id = r.file_id, line_no = r.line_no
from pg_temp.renamed_file r
where l.leg_key = r.leg_key and l.file_id = $3::integer
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach();

-- name: delete
-- Legs that no other file has, or that others have otherwise, out.
delete from cdr.leg l
using pg_temp.taken t
where t.leg_key = l.leg_key and t.fate in ('only', 'other')
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach();

-- name: records
-- Of versions and sources, what only the file ($1) had.
delete from cdr.leg_version v using pg_temp.taken t
where t.leg_key = v.leg_key and t.fate in ('only', 'other');
delete from cdr.leg_record r using (
    select n.leg_key, n.evidence_hash
    from cdr.leg_record n
    join pg_temp.taken t on t.leg_key = n.leg_key
    left join pg_temp.chosen c on c.leg_key = n.leg_key and c.evidence_hash = n.evidence_hash
    where t.fate in ('only', 'same') or c.leg_key is null
) n
where n.leg_key = r.leg_key and n.evidence_hash = r.evidence_hash;
delete from cdr.leg_source s using pg_temp.taken t
where t.leg_key = s.leg_key and t.fate in ('only', 'other');
insert into cdr.leg_source
select v.leg_key, v.evidence_hash, v.file_id, v.line_no, v.started_at
from pg_temp.left_version v
join pg_temp.taken t on t.leg_key = v.leg_key
where t.fate = 'other';

-- name: sources
-- And it is no source of any leg.
delete from cdr.leg_source where file_id = $1::integer;

-- name: tidy
-- Taking back keeps nothing for the next file of the transaction.
drop table if exists pg_temp.taken, pg_temp.taken_leg, pg_temp.left_version, pg_temp.chosen, pg_temp.renamed_file;

-- name: file
-- The ledger says that the file ($1) was loaded, and that run $2 took it back.
with gone as (
    delete from cdr.file_keys where file_id = $1::integer
)
update cdr.file set verdict = 'unloaded', unloaded_at = now(), unloaded_by_run = $2::integer
where file_id = $1::integer and verdict = 'loaded';

-- name: rejects
-- Its rejects are nobody's to mend any more: run $2 closes them.
update cdr.reject set closed_at = now(), closed_by_run = $2::integer
where file_id = $1::integer and closed_at is null;

-- name: reopen
-- Rejects that a replay closed by loading this file ($1) are open again, unless the run
-- loaded another file that is still there.
update cdr.reject r set closed_at = null, closed_by_run = null
from cdr.file f, cdr.run n
where f.file_id = $1::integer and n.run_id = f.run_id and n.kind = 'replay'
    and r.closed_by_run = f.run_id and r.file_id <> f.file_id
    and not exists (select 1 from cdr.file o where o.run_id = f.run_id and o.file_id <> f.file_id and o.verdict = 'loaded');
