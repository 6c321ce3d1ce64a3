-- Rows that hold a number: their keys, and their texts without it.
create temp table erased (
    started_at timestamptz, call_key uuid, leg_key uuid, evidence_hash bigint, caller text, destination text,
    caller_e164 text, destination_e164 text, extension text, agent text, sip_reason text, announcement text,
    transfer_disposition text, schema_name text, extra text) on commit drop;
