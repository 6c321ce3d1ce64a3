-- The same of the records that files are taken back by; $1 is what finds the numbers.  The
-- fingerprint of a stored leg's own record has changed with the leg (forget_sources); others
-- get one that says nothing, with those who name them.
with changed as materialized (
    select leg_key, evidence_hash as old_hash,
        case when evidence_hash = uuid_hash_extended(leg_key, 1) then evidence_hash
            else hashtextextended(gen_random_uuid()::text, 1) end as new_hash
    from cdr.leg_record
    where caller ~ $1 or caller_e164 ~ $1 or destination_e164 ~ $1 or destination ~ $1 or extension ~ $1 or agent ~ $1 or sip_reason ~ $1
    or announcement ~ $1 or transfer_disposition ~ $1 or schema_name ~ $1 or extra::text ~ $1
), sources as (
    update cdr.leg_source s set evidence_hash = c.new_hash
    from changed c
    where c.leg_key = s.leg_key and c.old_hash = s.evidence_hash
)
update cdr.leg_record r set
    caller = case when r.caller_e164 ~ $1 then '0000000' else regexp_replace(r.caller, $1, '0000000', 'g') end,
    destination = case when r.destination_e164 ~ $1 then '0000000' else regexp_replace(r.destination, $1, '0000000', 'g') end,
    caller_e164 = case when r.caller_e164 ~ $1 then null else r.caller_e164 end,
    destination_e164 = case when r.destination_e164 ~ $1 then null else r.destination_e164 end,
    extension = regexp_replace(r.extension, $1, '0000000', 'g'),
    agent = regexp_replace(r.agent, $1, '0000000', 'g'),
    sip_reason = regexp_replace(r.sip_reason, $1, '0000000', 'g'),
    announcement = regexp_replace(r.announcement, $1, '0000000', 'g'),
    transfer_disposition = regexp_replace(r.transfer_disposition, $1, '0000000', 'g'),
    schema_name = regexp_replace(r.schema_name, $1, '0000000', 'g'),
    extra = regexp_replace(r.extra::text, $1, '0', 'g')::jsonb,
    evidence_hash = c.new_hash
from changed c
where c.leg_key = r.leg_key and c.old_hash = r.evidence_hash;
