-- The same legs under their new names, and whatever else names them.
alter table pg_temp.moved drop constraint moved_pkey;
update pg_temp.moved m set leg_key = r.new_key from pg_temp.renamed r where r.old_key = m.leg_key;
update pg_temp.moved m set call_key = r.new_key from pg_temp.renamed r where r.old_key = m.call_key;
update pg_temp.moved set evidence_hash = uuid_hash_extended(leg_key, 1) where evidence_hash <> 0;
insert into cdr.leg select * from pg_temp.moved;

insert into pg_temp.moved_version
select v.* from cdr.leg_version v join pg_temp.renamed r on r.old_key in (v.leg_key, v.call_key);
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
