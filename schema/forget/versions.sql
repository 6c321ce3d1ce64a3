-- The versions in pg_temp.erased lose their numbers, and their fingerprints.
update cdr.leg_version v set
    -- include rules/erased_texts
    , evidence_hash = e.new_hash
from (select *, hashtextextended(gen_random_uuid()::text, 1) as new_hash from pg_temp.erased) e
where v.leg_key = e.leg_key and v.evidence_hash = e.evidence_hash;
