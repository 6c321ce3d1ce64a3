-- Before the legs of [$1, $2) lose their numbers and fingerprints, those who name the
-- fingerprints follow; $3 is what finds the numbers.
with changed as materialized (
    select l.leg_key, l.evidence_hash as old_hash, uuid_hash_extended(l.leg_key, 1) as new_hash
    from cdr.leg l
    where l.evidence_hash <> 0 and l.started_at >= $1::timestamptz and l.started_at < $2::timestamptz
    and (l.caller ~ $3 or l.caller_e164 ~ $3 or l.destination_e164 ~ $3 or l.destination ~ $3 or l.extension ~ $3 or l.agent ~ $3 or l.sip_reason ~ $3
        or l.announcement ~ $3 or l.transfer_disposition ~ $3 or l.schema_name ~ $3 or l.extra::text ~ $3)
), sources as (
    update cdr.leg_source s set evidence_hash = c.new_hash
    from changed c
    where c.leg_key = s.leg_key and c.old_hash = s.evidence_hash
)
update cdr.leg_record r set evidence_hash = c.new_hash
from changed c
where c.leg_key = r.leg_key and c.old_hash = r.evidence_hash;
