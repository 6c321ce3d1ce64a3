-- The legs in pg_temp.erased, which start in [$1, $2), lose their numbers.  The fingerprint
-- was made of the numbers too: another takes its place, which says nothing, and
-- forget_keys.h gives new names to legs without id.
update cdr.leg l set
    -- include rules/erased_texts
    , evidence_hash = case when e.evidence_hash = 0 then 0 else uuid_hash_extended(e.leg_key, 1) end
from pg_temp.erased e
where l.started_at = e.started_at and l.call_key = e.call_key and l.leg_key = e.leg_key
    and l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz;
