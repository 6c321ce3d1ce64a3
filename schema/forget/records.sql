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
