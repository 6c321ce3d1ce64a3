-- The columns of a leg that may name people, in the order in which forget reads them.
caller, destination, caller_e164, destination_e164, extension, agent, sip_reason, announcement,
transfer_disposition, schema_name
