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
