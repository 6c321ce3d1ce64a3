-- What pg_temp.erased has of these columns, in a SET list.
caller = e.caller, destination = e.destination, caller_e164 = e.caller_e164,
destination_e164 = e.destination_e164, extension = e.extension, agent = e.agent,
sip_reason = e.sip_reason, announcement = e.announcement,
transfer_disposition = e.transfer_disposition, schema_name = e.schema_name, extra = e.extra::jsonb
