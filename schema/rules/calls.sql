-- The rule of a call: which leg speaks for it, and what it comes to.  Read by whatever
-- counts calls, below a list `legs` of the legs it may look at.
--
-- A call is an A-leg with its B-legs, or the orphaned B-legs of one missing A-leg, or a
-- leg that stands alone.  Its outcome is, first that applies:
--
--   a B-leg was answered: that of the last to start, or a certain answer
--   the A-leg of an inbound call was answered: by the flow, likewise an answer
--   the A-leg's category is of the group `caller`: the caller gave up
--   the last B-leg that reached a carrier or a phone
--   a local failure
--   the A-leg's own
--
-- B-legs that are linked by adjacency belong to the call and never decide it.  What is
-- left of a call whose first part was purged is no call.
-- etl/leg/call_rule.h says the same in C; a test holds the two together.
select
    coalesce(a.call_key, b.call_key) as call_key,
    coalesce(a.started_at, b.first_at) as started_at,
    greatest(a.ended_at, b.last_at) as ended_at,
    coalesce(a.domain, b.domain) as domain,
    coalesce(a.direction, b.direction) as direction,
    coalesce(a.caller, b.caller) as caller,
    coalesce(a.destination, b.destination) as destination,
    coalesce(a.queue, b.queue) as queue,
    coalesce(b.agent, a.agent) as agent,
    case when d.by_b then b.gateway else coalesce(a.gateway, b.gateway) end as gateway,
    case when d.by_b then b.provider else coalesce(a.provider, b.provider) end as provider,
    case when a.leg_key is null then 0 else 1 end + coalesce(b.legs, 0) as legs,
    a.leg_key is null as is_orphan,
    case when d.by_b then b.answered else a.answered end as answered,
    case
        when d.by_b and b.answered then 'leg'
        when d.by_b or not a.answered then null
        when a.direction = 'inbound' and a.bridged_at is null then 'flow'
        else 'leg'
    end as answered_by,
    case
        when d.forced then (select k.category from cdr.category k where k.is_answered order by k.position, k.category limit 1)
        when d.by_b then b.category
        else a.category
    end as category,
    case when d.forced then 'certain' when d.by_b then b.confidence else a.confidence end as confidence,
    case when d.forced then '{}'::text[] when d.by_b then b.alternatives else a.alternatives end as alternatives,
    case
        when d.forced then (select k.outcome_group from cdr.category k where k.is_answered order by k.position, k.category limit 1)
        when d.by_b then b.outcome_group
        else a.outcome_group
    end as outcome_group,
    case when d.by_b then b.ended_by else a.ended_by end as ended_by,
    case when d.by_b then b.hangup_cause else a.hangup_cause end as hangup_cause,
    case when d.by_b then b.disposition else a.disposition end as disposition,
    case when d.by_b then b.sip_code else a.sip_code end as sip_code,
    coalesce(a.naive_category, b.naive_category) as naive_category,
    case when d.by_b then b.rule_id else a.rule_id end as rule_id,
    case when d.by_b then b.leg_key else a.leg_key end as deciding_leg_key,
    coalesce(b.linked_by, a.linked_by) as linked_by,
    coalesce(a.duration, b.duration) as duration,
    case when d.by_b then b.bill_seconds else a.bill_seconds end as bill_seconds,
    case when d.by_b then b.talk_seconds else a.talk_seconds end as talk_seconds,
    case when d.by_b then b.early_media_seconds else a.early_media_seconds end as early_media_seconds,
    coalesce(b.ring_seconds, a.ring_seconds) as ring_seconds,
    coalesce(a.wait_seconds, b.wait_seconds) as wait_seconds,
    coalesce(a.hold_seconds, b.hold_seconds) as hold_seconds
from (select * from legs where side = 'a') a
full join (
    select distinct on (call_key)
        *,
        count(*) over of_call as legs,
        min(started_at) over of_call as first_at,
        max(ended_at) over of_call as last_at,
        bool_and(linked_by is not distinct from 'adjacency') over of_call as only_near
    from (
        select *,
            coalesce(ended_at, started_at + coalesce(duration, 0) * interval '1 second') as finished_at,
            case
                when answered then 3
                when category = any (array(select k.category from cdr.category k where k.is_local_failure)) then 1
                when category = any (array(select k.category from cdr.category k where k.is_elsewhere)) then 0
                else 2
            end as tier
        from legs where side = 'b'
    ) b_leg
    window of_call as (partition by call_key)
    order by call_key, tier desc, case when tier = 3 then started_at else finished_at end desc,
        case when tier = 3 then finished_at else started_at end desc, leg_key desc
) b on b.call_key = a.call_key
cross join lateral (
    select
        case
            when a.leg_key is null then true
            when b.only_near is not false then false
            when b.tier = 3 then true
            when a.direction = 'inbound' and a.answered then false
            when a.category = any (array(select k.category from cdr.category k where k.outcome_group = 'caller')) then false
            else b.tier > 0
        end as by_b,
        -- Somebody answered, whatever ended that leg later.
        case
            when a.leg_key is null then b.legs > 1 and b.tier = 3
                and b.category <> all (array(select k.category from cdr.category k where k.is_answered))
            when b.only_near is not false then false
            when b.tier = 3 then b.category <> all (array(select k.category from cdr.category k where k.is_answered))
            else a.direction = 'inbound' and a.answered
                and a.category <> all (array(select k.category from cdr.category k where k.is_answered))
        end is true as forced
) d
where a.leg_key is not null or b.call_key <> all (array(select k.call_key from cdr.truncated_call k))
