create :kind table raw (id text, created_at text, direction text, answered_at text, bridged_at text, hangup_at text,
    hangup_phrase text, user_name text, extension text, from_number text, "to" text, destination text, gateway text,
    queue text, hangup_by text, duration text, wait_sec text, bill_sec text, talk_sec text, result text, sip_code text,
    cause text, hangup_disposition text, amd_result text);
