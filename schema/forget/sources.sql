-- Those who name the fingerprints of the legs in pg_temp.erased follow.
update cdr.leg_source s set evidence_hash = uuid_hash_extended(e.leg_key, 1)
from pg_temp.erased e
where e.leg_key = s.leg_key and e.evidence_hash = s.evidence_hash and e.evidence_hash <> 0;
update cdr.leg_record r set evidence_hash = uuid_hash_extended(e.leg_key, 1)
from pg_temp.erased e
where e.leg_key = r.leg_key and e.evidence_hash = r.evidence_hash and e.evidence_hash <> 0;
