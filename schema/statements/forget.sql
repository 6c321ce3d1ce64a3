-- Numbers are erased from whatever is stored, in the order in which it is sent.

-- name: key
-- The key of the HMACs.
select key from cdr.suppression_key;

-- name: wanted
-- HMACs of numbers, and which of them are but another way to write the one before.
create temp table wanted (hmac bytea not null, is_spelling boolean not null) on commit drop;

-- name: fresh
-- How many of them did not stay away before?
select count(distinct w.hmac)
from pg_temp.wanted w
where not w.is_spelling and w.hmac not in (select hmac from cdr.suppression);

-- name: add
-- From now on the numbers in pg_temp.wanted stay away; run $1 says so.
insert into cdr.suppression (hmac, run_id)
select distinct hmac, $1::integer from pg_temp.wanted
on conflict do nothing;

-- name: erased
-- Rows that hold a number: their keys, and their texts without it.
create temp table erased (
    started_at timestamptz, call_key uuid, leg_key uuid, evidence_hash bigint, caller text, destination text,
    caller_e164 text, destination_e164 text, extension text, agent text, sip_reason text, announcement text,
    transfer_disposition text, schema_name text, extra text) on commit drop;

-- name: held_legs
-- The legs of [$1, $2), for whoever looks for numbers in them.
declare db_cursor no scroll cursor for
select
    -- include rules/personal_texts
from cdr.leg
where started_at >= $1::timestamptz and started_at < $2::timestamptz;

-- name: sources
-- Those who name the fingerprints of the legs in pg_temp.erased follow.
update cdr.leg_source s set evidence_hash = uuid_hash_extended(e.leg_key, 1)
from pg_temp.erased e
where e.leg_key = s.leg_key and e.evidence_hash = s.evidence_hash and e.evidence_hash <> 0;
update cdr.leg_record r set evidence_hash = uuid_hash_extended(e.leg_key, 1)
from pg_temp.erased e
where e.leg_key = r.leg_key and e.evidence_hash = r.evidence_hash and e.evidence_hash <> 0;

-- name: legs
-- The legs in pg_temp.erased, which start in [$1, $2), lose their numbers.  The fingerprint
-- was made of the numbers too: another takes its place, which says nothing, and
-- forget_keys.h gives new names to legs without id.
update cdr.leg l set
    -- include rules/erased_texts
    , evidence_hash = case when e.evidence_hash = 0 then 0 else uuid_hash_extended(e.leg_key, 1) end
from pg_temp.erased e
where l.started_at = e.started_at and l.call_key = e.call_key and l.leg_key = e.leg_key
    and l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz;

-- name: prepare
-- What renaming keeps while it works: names, old and new, and the legs that have one.
create temp table renamed (old_key uuid primary key, new_key uuid not null) on commit drop;
create temp table moved (like cdr.leg, primary key (leg_key)) on commit drop;
create temp table moved_version (like cdr.leg) on commit drop;

-- name: named
-- Legs of [$1, $2) that are named by what they say (version 8) and say 0000000 where a
-- number was; equals stand together, in the order in which they came.
declare db_cursor no scroll cursor for
select leg_key, started_at, duration, bill_seconds, talk_seconds, sip_code, caller,
    destination, direction, extension, hangup_cause, disposition
from cdr.leg
where started_at >= $1::timestamptz and started_at < $2::timestamptz
    and leg_key::text like '______________8____%'
    and (caller like '%0000000%' or destination like '%0000000%' or extension like '%0000000%')
order by started_at, duration, bill_seconds, talk_seconds, sip_code, caller,
    destination, direction, extension, hangup_cause, disposition, file_id, line_no, leg_key;

-- name: moved
-- Legs that are renamed, and legs of calls that are.
insert into pg_temp.moved
select l.* from cdr.leg l join pg_temp.renamed r on r.old_key = l.leg_key
where l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz
union all
select l.* from cdr.leg l join pg_temp.renamed r on r.old_key = l.call_key
where l.started_at >= cdr.call_reach_before($1::timestamptz)
    and l.started_at < cdr.call_reach_after($2::timestamptz) and l.leg_key <> l.call_key
on conflict do nothing;

-- name: moved_away
-- Those legs, out.
delete from cdr.leg l
using pg_temp.moved m
where l.started_at = m.started_at and l.call_key = m.call_key and l.leg_key = m.leg_key
    and l.started_at >= cdr.call_reach_before($1::timestamptz)
    and l.started_at < cdr.call_reach_after($2::timestamptz);

-- name: moved_back
-- The same legs under their new names, and whatever else names them.  No file's keys say any
-- more which legs it has.
delete from cdr.file_keys where exists (select 1 from pg_temp.renamed);
create temp table moved_hash on commit drop as
select m.leg_key, m.evidence_hash as old_hash from pg_temp.moved m where m.evidence_hash <> 0;
create temp table moved_source on commit drop as
select s.leg_key as old_key, s.evidence_hash as old_hash, coalesce(r.new_key, s.leg_key) as leg_key, case when h.leg_key is not null
        then uuid_hash_extended(coalesce(r.new_key, s.leg_key), 1) else s.evidence_hash end as evidence_hash,
    s.file_id, s.line_no, s.started_at
from cdr.leg_source s
left join pg_temp.renamed r on r.old_key = s.leg_key
left join pg_temp.moved_hash h on h.leg_key = s.leg_key and h.old_hash = s.evidence_hash
where r.old_key is not null or h.leg_key is not null;
delete from cdr.leg_source s using pg_temp.moved_source m where s.leg_key = m.old_key and s.evidence_hash = m.old_hash;
insert into cdr.leg_source (leg_key, evidence_hash, file_id, line_no, started_at)
select leg_key, evidence_hash, file_id, line_no, started_at from pg_temp.moved_source;
create temp table moved_record (like cdr.leg) on commit drop;
insert into pg_temp.moved_record
select v.* from cdr.leg_record v
where v.leg_key in (select old_key from pg_temp.renamed union all select leg_key from pg_temp.moved_hash)
    or v.call_key in (select old_key from pg_temp.renamed);
delete from cdr.leg_record v using pg_temp.moved_record m
where v.leg_key = m.leg_key and v.evidence_hash = m.evidence_hash;
update pg_temp.moved_record m set evidence_hash = uuid_hash_extended(coalesce(r.new_key, m.leg_key), 1)
from pg_temp.moved_hash h
left join pg_temp.renamed r on r.old_key = h.leg_key
where h.leg_key = m.leg_key and h.old_hash = m.evidence_hash;
update pg_temp.moved_record m set call_key = r.new_key from pg_temp.renamed r where r.old_key = m.call_key;
update pg_temp.moved_record m set leg_key = r.new_key from pg_temp.renamed r where r.old_key = m.leg_key;
insert into cdr.leg_record select * from pg_temp.moved_record;

alter table pg_temp.moved drop constraint moved_pkey;
update pg_temp.moved m set leg_key = r.new_key from pg_temp.renamed r where r.old_key = m.leg_key;
update pg_temp.moved m set call_key = r.new_key from pg_temp.renamed r where r.old_key = m.call_key;
update pg_temp.moved set evidence_hash = uuid_hash_extended(leg_key, 1) where evidence_hash <> 0;
insert into cdr.leg select * from pg_temp.moved;

insert into pg_temp.moved_version
select v.* from cdr.leg_version v
where v.leg_key in (select old_key from pg_temp.renamed) or v.call_key in (select old_key from pg_temp.renamed);
delete from cdr.leg_version v using pg_temp.moved_version m
where v.leg_key = m.leg_key and v.evidence_hash = m.evidence_hash;
update pg_temp.moved_version m set leg_key = r.new_key from pg_temp.renamed r where r.old_key = m.leg_key;
update pg_temp.moved_version m set call_key = r.new_key from pg_temp.renamed r where r.old_key = m.call_key;
insert into cdr.leg_version select * from pg_temp.moved_version;

-- Names change places: two steps, so that none is there twice meanwhile.
create temp table renamed_twice on commit drop as
select r.old_key, gen_random_uuid() as between_key, r.new_key from pg_temp.renamed r;
update cdr.outcome_change c set leg_key = r.between_key from pg_temp.renamed_twice r where r.old_key = c.leg_key;
update cdr.outcome_change c set leg_key = r.new_key from pg_temp.renamed_twice r where r.between_key = c.leg_key;
update cdr.truncated_call k set call_key = r.between_key from pg_temp.renamed_twice r where r.old_key = k.call_key;
update cdr.truncated_call k set call_key = r.new_key from pg_temp.renamed_twice r where r.between_key = k.call_key;
update cdr.far_call k set call_key = r.between_key from pg_temp.renamed_twice r where r.old_key = k.call_key;
update cdr.far_call k set call_key = r.new_key from pg_temp.renamed_twice r where r.between_key = k.call_key;

-- name: tidy
-- Renaming keeps nothing for the next month.
drop table if exists pg_temp.renamed, pg_temp.moved, pg_temp.moved_version, pg_temp.renamed_twice,
    pg_temp.moved_hash, pg_temp.moved_source, pg_temp.moved_record;

-- name: held_versions
-- The same of the versions of legs.
declare db_cursor no scroll cursor for
select
    -- include rules/personal_texts
from cdr.leg_version;

-- name: versions
-- The versions in pg_temp.erased lose their numbers, and their fingerprints.
update cdr.leg_version v set
    -- include rules/erased_texts
    , evidence_hash = e.new_hash
from (select *, hashtextextended(gen_random_uuid()::text, 1) as new_hash from pg_temp.erased) e
where v.leg_key = e.leg_key and v.evidence_hash = e.evidence_hash;

-- name: held_records
-- The same of the records that files are taken back by.
declare db_cursor no scroll cursor for
select
    -- include rules/personal_texts
from cdr.leg_record;

-- name: records
-- The same of the records that files are taken back by.  The fingerprint of a stored leg's own
-- record has changed with the leg (forget_sources); others get one that says nothing, with
-- those who name them.
create temp table erased_hash on commit drop as
select leg_key, evidence_hash as old_hash,
    case when evidence_hash = uuid_hash_extended(leg_key, 1) then evidence_hash
        else hashtextextended(gen_random_uuid()::text, 1) end as new_hash
from pg_temp.erased;
update cdr.leg_source s set evidence_hash = h.new_hash
from pg_temp.erased_hash h
where h.leg_key = s.leg_key and h.old_hash = s.evidence_hash;
update cdr.leg_record r set
    -- include rules/erased_texts
    , evidence_hash = h.new_hash
from pg_temp.erased e
join pg_temp.erased_hash h on h.leg_key = e.leg_key and h.old_hash = e.evidence_hash
where r.leg_key = e.leg_key and r.evidence_hash = e.evidence_hash;

-- name: texts_prepare
-- Texts that hold a number: whose they are, and what is left of them.
create temp table erased_text (kind text, id bigint, place integer, text text) on commit drop;

-- name: texts
-- Texts that an export left behind besides its legs.  Rejects, and what is said of files:
-- caption, name, reason, each warning; those of a file beside each other.
declare db_cursor no scroll cursor for
select 'reject' as kind, reject_id as id, 0 as place, raw as text from cdr.reject where raw <> ''
union all
select t.kind, f.file_id::bigint, t.place, t.text
from cdr.file f
cross join lateral (
    select 'caption' as kind, 0 as place, f.caption as text
    union all
    select 'name', 0, convert_to(f.name, 'UTF8')
    union all
    select 'reason', 0, convert_to(f.reason, 'UTF8')
    union all
    select 'warning', w.place::integer, convert_to(w.warning, 'UTF8')
    from unnest(f.warnings) with ordinality w (warning, place)
) t
where t.text <> '';

-- name: texts_apply
-- Rejects and captions go whole: they are bytes of the export.
update cdr.reject r set raw = null
from pg_temp.erased_text e
where e.kind = 'reject' and e.id = r.reject_id;
update cdr.file f set caption = null
from pg_temp.erased_text e
where e.kind = 'caption' and e.id = f.file_id;
update cdr.file f set name = e.text
from pg_temp.erased_text e
where e.kind = 'name' and e.id = f.file_id;
update cdr.file f set reason = e.text
from pg_temp.erased_text e
where e.kind = 'reason' and e.id = f.file_id;
update cdr.file f set warnings = w.warnings
from (
    select w.file_id, array_agg(coalesce(e.text, w.warning) order by w.place) as warnings
    from (
        select f.file_id, u.warning, u.place
        from cdr.file f
        cross join lateral unnest(f.warnings) with ordinality u (warning, place)
        where f.file_id in (select id from pg_temp.erased_text where kind = 'warning')
    ) w
    left join pg_temp.erased_text e on e.kind = 'warning' and e.id = w.file_id and e.place = w.place
    group by w.file_id
) w
where w.file_id = f.file_id;
