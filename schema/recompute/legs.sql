-- The legs of the day to decide again, and those behind it that belong to its calls.
-- Columns as in row_columns of etl/record/row.c; null stands for those that no rule can ask
-- for, and that deciding does not fill.  Of extra come the two texts that rules read, behind
-- the others.  In the place of the two bounds in quotes their text is put.
copy (
    select l.leg_key, l.call_key, l.side, l.domain, l.direction, l.started_at, l.answered_at, l.bridged_at,
        l.ended_at, null::text, l.caller, l.destination, l.caller_e164, null::text, l.extension, null::text, l.queue, l.queue_type,
        l.gateway, l.provider, l.duration, l.bill_seconds, l.talk_seconds, l.early_media_seconds,
        l.pdd_seconds, l.ring_seconds, null::integer, null::integer, l.hangup_cause, l.disposition, l.release,
        l.sip_code, l.q850, l.q850_implied, l.hangup_by, l.webitel_result, l.originate_disposition,
        l.amd_result, l.amd_cause, l.announcement, l.sip_reason, l.transfer_disposition, null::uuid, l.schema_name,
        l.is_outbound, l.answered, l.category, l.confidence, l.alternatives, l.outcome_group, l.ended_by, null::text,
        l.rule_id, null::integer, l.naive_category, null::integer, null::integer, null::bigint, null::jsonb,
        l.extra ->> 'network_addr', l.extra ->> 'sip_phrase'
    from cdr.leg l
    where l.started_at >= timestamptz '$1' and l.started_at < timestamptz '$2'
        and l.started_at >= (select first_at from pg_temp.slice)
        and l.started_at <= (
            select greatest(s.next_at - interval '1 microsecond', max(c.started_at))
            from pg_temp.slice s
            left join pg_temp.crossing c on c.midnight = s.next_at
            group by s.next_at)
        and (l.started_at < (select next_at from pg_temp.slice)
            or l.leg_key = any (array(
                select c.leg_key from pg_temp.crossing c where c.midnight = (select next_at from pg_temp.slice))))
        and ((select providers from pg_temp.slice) is null
            or l.provider = any ((select providers from pg_temp.slice)::text[]))
        and ((select categories from pg_temp.slice) is null
            or l.category = any ((select categories from pg_temp.slice)::text[]))
) to stdout (format binary);
