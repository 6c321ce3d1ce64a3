-- The same of the versions of legs; $1 is what finds the numbers.
update cdr.leg_version set
    caller = case when caller_e164 ~ $1 then '0000000' else regexp_replace(caller, $1, '0000000', 'g') end,
    destination = case when destination_e164 ~ $1 then '0000000' else regexp_replace(destination, $1, '0000000', 'g') end,
    caller_e164 = case when caller_e164 ~ $1 then null else caller_e164 end,
    destination_e164 = case when destination_e164 ~ $1 then null else destination_e164 end,
    extension = regexp_replace(extension, $1, '0000000', 'g'),
    agent = regexp_replace(agent, $1, '0000000', 'g'),
    sip_reason = regexp_replace(sip_reason, $1, '0000000', 'g'),
    announcement = regexp_replace(announcement, $1, '0000000', 'g'),
    transfer_disposition = regexp_replace(transfer_disposition, $1, '0000000', 'g'),
    schema_name = regexp_replace(schema_name, $1, '0000000', 'g'),
    extra = regexp_replace(extra::text, $1, '0', 'g')::jsonb,
    evidence_hash = hashtextextended(gen_random_uuid()::text, 1)
where caller ~ $1 or caller_e164 ~ $1 or destination_e164 ~ $1 or destination ~ $1 or extension ~ $1 or agent ~ $1 or sip_reason ~ $1
    or announcement ~ $1 or transfer_disposition ~ $1 or schema_name ~ $1 or extra::text ~ $1;
