-- The rule of an attempt: a leg towards a carrier.  Stand-alone outbound legs stand for
-- the B-legs that their export does not have.  Read below a list `legs`, as calls.sql.
select
    l.leg_key,
    l.call_key,
    l.side,
    l.started_at,
    l.answered_at,
    l.ended_at,
    l.domain,
    coalesce(l.direction, case when l.is_outbound then 'outbound' end) as direction,
    l.caller,
    l.destination,
    l.queue,
    l.agent,
    l.gateway,
    l.provider,
    l.answered,
    l.category,
    l.confidence,
    l.alternatives,
    l.outcome_group,
    l.ended_by,
    l.hangup_cause,
    l.disposition,
    l.sip_code,
    l.q850,
    l.naive_category,
    l.rule_id,
    l.duration,
    case when l.bill_seconds > l.duration then l.duration else l.bill_seconds end as bill_seconds,
    l.talk_seconds,
    l.early_media_seconds,
    l.pdd_seconds,
    l.ring_seconds,
    l.wait_seconds,
    l.hold_seconds,
    l.destination_e164
from (select * from legs where side = 'b' or is_outbound) l
left join cdr.file f on f.file_id = l.file_id
left join (select distinct call_key from legs where side = 'b') b
    on b.call_key = l.call_key and l.side = 'a'
where b.call_key is null
    and (l.gateway is not null or l.provider is not null
        or (f.has_gateway is false and length(regexp_replace(l.destination, '\D', '', 'g')) > 6))
