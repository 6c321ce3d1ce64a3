-- Staged rows into stored legs, in the order in which it is sent.

-- name: prepare
-- Working tables of the merge.
--   met          staged rows whose leg is stored; of those that are not the same, the file
--                that the leg names, and how many seconds apart the two starts are (null
--                where an hour is flagged)
--   conflict     legs of which several rows tell, staged or stored
--   stored       those of them that are stored, as they are
--   old_version  versions that such legs were merged of
--   merged       what they come to, where that is new
--   new_version  their versions that still contribute, where the set of them changed
--   changed_key  the legs whose set of versions changed
-- What is stored is read by `met`, and once more, whole, where it differs, by `stored` and
-- `old_versions`: on Citus each further look would bring the legs of all nodes together again.
create temp table met (leg_key uuid, evidence_hash bigint, file_id integer, line_no bigint, started_at timestamptz,
    is_same boolean, stored_file integer, apart double precision) on commit drop;
create temp table conflict (leg_key uuid primary key) on commit drop;
create temp table stored (like cdr.leg) on commit drop;
create temp table old_version (like cdr.leg) on commit drop;
create temp table merged (like cdr.leg) on commit drop;
create temp table new_version (like cdr.leg) on commit drop;
create temp table changed_key (leg_key uuid) on commit drop;

-- name: keys
-- How many legs were staged?
select count(*) from (select leg_key from pg_temp.stage group by leg_key) k;

-- name: met
-- Staged rows whose leg is stored, and whether they are equal to it.  Not equal are those of
-- an export with gateways ($3) about a leg that only exports without any have: that the
-- leg has none is news then, and decides whether it is an attempt.
insert into pg_temp.met
select k.leg_key, k.evidence_hash, k.file_id, k.line_no, k.started_at, k.is_same,
    case when not k.is_same then k.stored_file end,
    case when not k.is_same and k.is_sure then extract(epoch from k.started_at - k.stored_at) end
from (
    select s.leg_key, s.evidence_hash, s.file_id, s.line_no, s.started_at,
        l.file_id as stored_file, l.started_at as stored_at, s.time_flag is null and l.time_flag is null as is_sure,
        l.evidence_hash = s.evidence_hash
            and (not $3::boolean or l.gateway is not null
                or l.file_id in (select file_id from cdr.file where has_gateway)) as is_same
    from pg_temp.stage s
    join cdr.leg l on l.leg_key = s.leg_key
    where l.started_at >= cdr.leg_reach_before($1::timestamptz)
        and l.started_at <= cdr.leg_reach_after($2::timestamptz)
) k;

-- name: sources_same
-- The file has legs as they are stored: it is one of their sources.
insert into cdr.leg_source (leg_key, evidence_hash, file_id, line_no, started_at)
select leg_key, evidence_hash, file_id, line_no, started_at from pg_temp.met where is_same;

-- name: zone_shift
-- By how many quarters of an hour do starts differ where the file has legs that are stored
-- with other evidence?  One row: how many there are, the least and the greatest difference,
-- whether all are whole quarters, and the zones that the stored ones were read in.
-- Flagged hours are left out.
select count(distinct m.leg_key), coalesce(min(round(m.apart / 900)), 0)::bigint, coalesce(max(round(m.apart / 900)), 0)::bigint,
    coalesce(bool_and(abs(m.apart - round(m.apart / 900) * 900) <= 2), false),
    string_agg(distinct f.zone, ', ')
from pg_temp.met m
left join cdr.file f on f.file_id = m.stored_file
where m.apart is not null;

-- name: zone_versions
-- All of those begin $1 to $2 quarters of an hour away, within an hour of each other.  Has
-- another record told of one of them that it begins otherwise?
select count(*) > 0
from pg_temp.met m
join cdr.leg_record v on v.leg_key = m.leg_key
cross join lateral (select extract(epoch from m.started_at - v.started_at) as apart) p
where m.apart is not null and v.time_flag is null
    and (abs(p.apart - round(p.apart / 900) * 900) > 2
        or round(p.apart / 900) not between $2::bigint - 4 and $1::bigint + 4
        or sign(round(p.apart / 900)) <> sign($1::bigint));

-- name: drop_same
-- Equal rows need no merging.
delete from pg_temp.stage s
using pg_temp.met m
where m.is_same and m.leg_key = s.leg_key and m.evidence_hash = s.evidence_hash;

-- name: drop_twins
-- Equal rows of one file: the first stays.
delete from pg_temp.stage s
using pg_temp.stage first
where first.leg_key = s.leg_key and first.evidence_hash = s.evidence_hash
    and first.file_id = s.file_id and first.ctid < s.ctid;

-- name: conflicts_stored
-- Legs that are staged and stored, and not the same.
insert into pg_temp.conflict
select distinct m.leg_key from pg_temp.met m where not m.is_same;

-- name: conflicts_inside
-- Legs that are staged more than once; where $1, all of them, to be decided anew.
insert into pg_temp.conflict
select leg_key from pg_temp.stage
group by leg_key
having $1::boolean or count(*) > 1
on conflict do nothing;

-- name: same_keys
-- How many legs are staged as they are stored, and by no row otherwise?
select count(distinct m.leg_key)
from pg_temp.met m
where m.is_same and not exists (select 1 from pg_temp.conflict c where c.leg_key = m.leg_key);

-- name: stored
-- Of legs in conflict, the stored ones.
insert into pg_temp.stored
select l.*
from cdr.leg l
join pg_temp.conflict c on c.leg_key = l.leg_key
where l.started_at >= cdr.leg_reach_before($1::timestamptz)
    and l.started_at <= cdr.leg_reach_after($2::timestamptz);

-- name: old_versions
-- Of legs in conflict, the versions that they were merged of.
insert into pg_temp.old_version
select v.* from cdr.leg_version v join pg_temp.conflict c on c.leg_key = v.leg_key;

-- name: records
-- Of legs in conflict, the sources: this file, and the one that the stored leg names while
-- it is not on record.  Then the versions: the stored leg if it is not merged already, and the
-- staged rows.
insert into cdr.leg_source (leg_key, evidence_hash, file_id, line_no, started_at)
select s.leg_key, s.evidence_hash, s.file_id, s.line_no, s.started_at
from pg_temp.stage s
join pg_temp.conflict c on c.leg_key = s.leg_key
union all
select l.leg_key, l.evidence_hash, l.file_id, l.line_no, l.started_at
from pg_temp.stored l
left join (
    select distinct r.leg_key from cdr.leg_record r join pg_temp.conflict c on c.leg_key = r.leg_key
) k on k.leg_key = l.leg_key
where k.leg_key is null and l.evidence_hash <> 0 and l.file_id is not null;
insert into cdr.leg_record
select l.*
from pg_temp.stored l
where l.evidence_hash <> 0
on conflict do nothing;
insert into cdr.leg_record
select s.*
from pg_temp.stage s
join pg_temp.conflict c on c.leg_key = s.leg_key
on conflict do nothing;

-- name: read_versions
-- All versions of the legs in conflict, leg by leg, the better version first: the one whose
-- record ended later, then the longer one, then the one that knows more, then the greater
-- fingerprint.  $1: the export that is not in the ledger yet names gateways.
-- etl/loader/merge/leg_version.c folds them and knows the order of the columns.
declare db_cursor no scroll cursor for
with version as (
    select l.*, 'leg' as origin from pg_temp.stored l
    union all
    select v.*, 'old' from pg_temp.old_version v
    union all
    select s.*, 'staged' from pg_temp.stage s join pg_temp.conflict c on c.leg_key = s.leg_key
)
select t.*, coalesce(f.has_gateway, t.origin = 'staged' and $1::boolean) as has_gateway,
    t.extra ->> 'network_addr' as network_addr, t.extra ->> 'sip_phrase' as sip_phrase
from version t
left join cdr.file f on f.file_id = t.file_id
order by t.leg_key, t.ended_at desc nulls last, t.duration desc nulls last,
    num_nonnulls(t.domain, t.direction, t.answered_at, t.bridged_at, t.caller, t.destination,
        t.extension, t.agent, t.queue, t.queue_type, t.gateway, t.bill_seconds, t.talk_seconds,
        t.early_media_seconds, t.pdd_seconds, t.ring_seconds, t.wait_seconds, t.hold_seconds, t.hangup_cause,
        t.disposition, t.sip_code, t.q850, t.hangup_by, t.webitel_result,
        t.originate_disposition, t.amd_result, t.amd_cause, t.announcement, t.sip_reason,
        t.transfer_disposition, t.transfer_from, t.schema_name, t.linked_by, t.extra) desc,
    t.evidence_hash desc, t.origin;

-- name: changed_calls
-- The calls of legs that are new or change: where those will be, and where they are now.
insert into pg_temp.changed_call
select s.call_key, s.started_at
from pg_temp.stage s
left join pg_temp.conflict c on c.leg_key = s.leg_key
where c.leg_key is null
union all
select call_key, started_at
from pg_temp.merged
union all
select l.call_key, l.started_at
from pg_temp.stored l
join pg_temp.merged m on m.leg_key = l.leg_key;

-- name: delete
-- Legs that change, out.  A leg may move to another month or call: so out and in.
delete from cdr.leg l
using pg_temp.merged m
where l.leg_key = m.leg_key
    and l.started_at >= cdr.leg_reach_before($1::timestamptz)
    and l.started_at <= cdr.leg_reach_after($2::timestamptz);

-- name: insert
-- Legs that change, in.
insert into cdr.leg select * from pg_temp.merged;

-- name: delete_versions
-- Versions of legs, out, where the set of them changed.
delete from cdr.leg_version v using pg_temp.changed_key r where v.leg_key = r.leg_key;

-- name: insert_versions
-- Versions of legs, in, where the set of them changed.
insert into cdr.leg_version select * from pg_temp.new_version;

-- name: insert_new
-- Legs of which no other row tells.
insert into cdr.leg
select * from pg_temp.stage s
where not exists (select 1 from pg_temp.conflict c where c.leg_key = s.leg_key);

-- name: tidy
-- A merge keeps nothing for the next one of its transaction.
drop table if exists pg_temp.stage, pg_temp.met, pg_temp.conflict, pg_temp.stored, pg_temp.old_version,
    pg_temp.merged, pg_temp.new_version, pg_temp.changed_key;
