-- Erase numbers from the legs of [$1, $2): $3 is what finds them.  The same texts as in
-- etl/loader/retention/suppression.c.  The fingerprint was made of the numbers too: another takes its
-- place, which says nothing, and forget_keys.h gives new names to legs without id.
update cdr.leg set
    caller = case when caller_e164 ~ $3 then '0000000' else regexp_replace(caller, $3, '0000000', 'g') end,
    destination = case when destination_e164 ~ $3 then '0000000' else regexp_replace(destination, $3, '0000000', 'g') end,
    caller_e164 = case when caller_e164 ~ $3 then null else caller_e164 end,
    destination_e164 = case when destination_e164 ~ $3 then null else destination_e164 end,
    extension = regexp_replace(extension, $3, '0000000', 'g'),
    agent = regexp_replace(agent, $3, '0000000', 'g'),
    sip_reason = regexp_replace(sip_reason, $3, '0000000', 'g'),
    announcement = regexp_replace(announcement, $3, '0000000', 'g'),
    transfer_disposition = regexp_replace(transfer_disposition, $3, '0000000', 'g'),
    schema_name = regexp_replace(schema_name, $3, '0000000', 'g'),
    extra = regexp_replace(extra::text, $3, '0', 'g')::jsonb,
    evidence_hash = case when evidence_hash = 0 then 0 else uuid_hash_extended(leg_key, 1) end
where started_at >= $1::timestamptz and started_at < $2::timestamptz
    and (caller ~ $3 or caller_e164 ~ $3 or destination_e164 ~ $3 or destination ~ $3 or extension ~ $3 or agent ~ $3 or sip_reason ~ $3
        or announcement ~ $3 or transfer_disposition ~ $3 or schema_name ~ $3 or extra::text ~ $3);
