-- All versions of the legs in conflict, leg by leg, the better version first: the one whose
-- record ended later, then the longer one, then the one that knows more, then the greater
-- fingerprint.  $3: this export names gateways.  etl/loader/merge/leg_version.c folds them
-- and knows the order of the columns.
declare versions no scroll cursor for
with version as (
    select l.*, 'leg' as origin, coalesce(f.has_gateway, false) as has_gateway
    from cdr.leg l
    join pg_temp.conflict c on c.leg_key = l.leg_key
    left join cdr.file f on f.file_id = l.file_id
    where l.started_at >= cdr.leg_reach_before($1::timestamptz)
        and l.started_at <= cdr.leg_reach_after($2::timestamptz)
    union all
    select v.*, 'old', coalesce(f.has_gateway, false)
    from cdr.leg_version v
    join pg_temp.conflict c on c.leg_key = v.leg_key
    left join cdr.file f on f.file_id = v.file_id
    union all
    select s.*, 'staged', $3::boolean
    from pg_temp.stage s
    join pg_temp.conflict c on c.leg_key = s.leg_key
)
select t.*, t.extra ->> 'network_addr' as network_addr, t.extra ->> 'sip_phrase' as sip_phrase
from version t
order by t.leg_key, t.ended_at desc nulls last, t.duration desc nulls last,
    num_nonnulls(t.domain, t.direction, t.answered_at, t.bridged_at, t.caller, t.destination,
        t.extension, t.agent, t.queue, t.queue_type, t.gateway, t.bill_seconds, t.talk_seconds,
        t.early_media_seconds, t.pdd_seconds, t.ring_seconds, t.wait_seconds, t.hold_seconds, t.hangup_cause,
        t.disposition, t.sip_code, t.q850, t.hangup_by, t.webitel_result,
        t.originate_disposition, t.amd_result, t.amd_cause, t.announcement, t.sip_reason,
        t.transfer_disposition, t.transfer_from, t.schema_name, t.linked_by, t.extra) desc,
    t.evidence_hash desc, t.origin;
