-- What a call is, and an attempt.

-- name: calls
-- The rule of a call: which leg speaks for it, what it comes to, who answered, how long its
-- parts lasted.  Read by whatever counts calls, below a list `legs` of the legs it may look
-- at.
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
-- A B-leg that is linked by adjacency decides like any other, but is not certain unless the
-- A-leg is of the same by itself.  A consultation (transfer_from) is part of another call,
-- and what is left of a call whose first part was purged is no call.
-- etl/leg/call_rule.h says the same in C, with the reasons; a test holds the two together.
select
    coalesce(a.call_key, b.call_key) as call_key,
    coalesce(a.started_at, b.first_at) as started_at,
    greatest(a.ended_at, b.last_at) as ended_at,
    coalesce(a.domain, b.domain) as domain,
    coalesce(a.direction, case when a.is_outbound then 'outbound' end, b.direction) as direction,
    coalesce(a.caller, b.caller) as caller,
    coalesce(a.destination, b.destination) as destination,
    coalesce(a.queue, b.queue) as queue,
    coalesce(b.agent, a.agent) as agent,
    -- The trunk of the leg that decides; of an employee's, who has none, the caller's.
    case when d.by_b and (b.gateway is not null or b.provider is not null) then b.gateway
        else coalesce(a.gateway, b.gateway) end as gateway,
    case when d.by_b and (b.gateway is not null or b.provider is not null) then b.provider
        else coalesce(a.provider, b.provider) end as provider,
    case when a.leg_key is null then 0 else 1 end + coalesce(b.legs, 0) as legs,
    a.leg_key is null as is_orphan,
    o.answered,
    -- A person, unless the caller of an inbound call was connected to nobody: no bridge, no
    -- talk, and no agent known to have taken it.
    case
        when not o.answered then null
        when a.leg_key is null or a.direction is distinct from 'inbound'
            or a.bridged_at is not null or a.talk_seconds > 0 then 'leg'
        when d.by_b and (b.bridged_at is not null or b.talk_seconds > 0
            or not a.answered or a.talk_seconds is distinct from 0) then 'leg'
        when a.agent is not null and a.talk_seconds is null then 'leg'
        else 'flow'
    end as answered_by,
    o.category,
    case when n.others <> '{}' then 'probable' else o.confidence end as confidence,
    case when n.others <> '{}' then n.others else o.alternatives end as alternatives,
    o.outcome_group,
    case when d.by_b then b.ended_by else a.ended_by end as ended_by,
    case when d.by_b then b.hangup_cause else a.hangup_cause end as hangup_cause,
    case when d.by_b then b.disposition else a.disposition end as disposition,
    case when d.by_b then b.sip_code else a.sip_code end as sip_code,
    coalesce(a.naive_category, b.naive_category) as naive_category,
    case when d.by_b then b.rule_id else a.rule_id end as rule_id,
    case when d.by_b then b.leg_key else a.leg_key end as deciding_leg_key,
    coalesce(b.linked_by, a.linked_by) as linked_by,
    s.duration,
    s.bill_seconds,
    t.talk_seconds,
    t.hold_seconds,
    -- Talk and hold, at most the time connected: from bridge to end, or as billed.
    case when t.talk_seconds is not null then least(
        t.talk_seconds::bigint + coalesce(t.hold_seconds, 0),
        2147483647,
        case when t.connected_seconds is not null
            then least(greatest(t.connected_seconds, t.talk_seconds), s.bill_seconds) end)::integer
    end as handling_seconds,
    case when d.by_b then b.early_media_seconds else a.early_media_seconds end as early_media_seconds,
    coalesce(b.pdd_seconds, a.pdd_seconds) as pdd_seconds,
    coalesce(b.ring_seconds, a.ring_seconds) as ring_seconds,
    coalesce(a.wait_seconds, b.wait_seconds) as wait_seconds,
    case when a.caller is not null then a.caller_e164 else b.caller_e164 end as caller_e164,
    case when a.destination is not null then a.destination_e164 else b.destination_e164 end as destination_e164
from (
    select *, coalesce(ended_at, started_at + coalesce(duration, 0) * interval '1 second') as finished_at,
        category = any (array(select k.category from cdr.category k where k.outcome_group = 'caller')) as is_given_up,
        category = any (array(select k.category from cdr.category k where k.is_answered)) as says_answered,
        case when category = any (array(select k.category from cdr.category k where k.without_answer is not null))
            then (select k.without_answer from cdr.category k where k.category = legs.category) end as without_answer
    from legs where side = 'a'
) a
full join (
    select decides.*,
        category = any (array(select k.category from cdr.category k where k.is_answered)) as says_answered,
        case when category = any (array(select k.category from cdr.category k where k.without_answer is not null))
            then (select k.without_answer from cdr.category k where k.category = decides.category) end as without_answer,
        (select k.category from cdr.category k where k.is_answered order by k.position, k.category limit 1) as answer,
        (select k.outcome_group from cdr.category k where k.is_answered order by k.position, k.category limit 1) as answer_group
    from (
        select distinct on (call_key)
            *,
            count(*) over of_call as legs,
            min(started_at) over of_call as first_at,
            max(ended_at) over of_call as last_at,
            max(finished_at) over of_call as last_finished_at,
            sum(bill_seconds) over of_call as sum_bill_seconds,
            sum(part_seconds) over of_call as sum_talk_seconds,
            sum(hold_seconds) over of_call as sum_hold_seconds
        from (
            select l.*,
                -- Its talk as far as the caller was there: what it did after he had left is none.
                case when l.talk_seconds > 0 and l.finished_at > l.caller_left_at + interval '2 seconds'
                    then least(l.talk_seconds, greatest(0, round(extract(epoch from l.caller_left_at
                        - coalesce(l.bridged_at, l.finished_at
                            - coalesce(l.bill_seconds, l.talk_seconds) * interval '1 second'))::numeric)::integer))
                    else l.talk_seconds
                end as part_seconds
            from (
                select b_leg.*,
                    coalesce(b_leg.ended_at, b_leg.started_at + coalesce(b_leg.duration, 0) * interval '1 second')
                        as finished_at,
                    coalesce(a_leg.ended_at, a_leg.started_at + coalesce(a_leg.duration, 0) * interval '1 second')
                        as caller_left_at,
                    case
                        when b_leg.answered then 3
                        when b_leg.category = any (array(select k.category from cdr.category k where k.is_local_failure)) then 1
                        when b_leg.category = any (array(select k.category from cdr.category k where k.is_elsewhere)) then 0
                        else 2
                    end as tier
                from legs b_leg
                left join (select call_key, started_at, ended_at, duration from legs where side = 'a') a_leg
                    on a_leg.call_key = b_leg.call_key
                where b_leg.side = 'b'
            ) l
        ) b_leg
        window of_call as (partition by call_key)
        order by call_key, tier desc, case when tier = 3 then started_at else finished_at end desc,
            case when tier = 3 then finished_at else started_at end desc, leg_key desc
    ) decides
) b on b.call_key = a.call_key
cross join lateral (
    select
        case
            when a.leg_key is null then true
            when b.leg_key is null then false
            when b.tier = 3 then true
            when a.direction = 'inbound' and a.answered then false
            when a.is_given_up then false
            else b.tier > 0
        end as by_b,
        -- Somebody answered, whatever ended that leg later.
        case
            when a.leg_key is null then b.legs > 1 and b.tier = 3 and not b.says_answered
            when b.leg_key is null then false
            when b.tier = 3 then not b.says_answered
            else a.direction = 'inbound' and a.answered and not a.says_answered
        end is true as forced
) d
cross join lateral (
    select
        case when d.by_b then b.answered else a.answered end as answered,
        case
            when d.forced then b.answer
            when d.by_b then b.category
            else a.category
        end as category,
        case when d.forced then 'certain' when d.by_b then b.confidence else a.confidence end as confidence,
        case when d.forced then '{}'::text[] when d.by_b then b.alternatives else a.alternatives end as alternatives,
        case
            when d.forced then b.answer_group
            when d.by_b then b.outcome_group
            else a.outcome_group
        end as outcome_group,
        case when d.forced then null when d.by_b then b.without_answer else a.without_answer end as without_answer
) o
cross join lateral (
    -- What the A-leg alone would leave open, where a neighbour would be certain; and what else
    -- a leg that lost a race leaves possible, where nobody answered.
    select case
        when o.confidence <> 'certain' then '{}'::text[]
        when t.by_neighbour <> '{}' then t.by_neighbour
        when not o.answered and (d.by_b or a.direction is distinct from 'inbound') and o.without_answer is not null
            then array_remove(o.without_answer, o.category)
        else '{}'::text[]
    end as others
    from (
        select case when d.by_b and a.leg_key is not null and b.linked_by = 'adjacency'
            then array_remove(case when a.confidence = 'ambiguous' then a.alternatives
                else a.category || array_remove(a.alternatives, a.category) end, o.category)
            else '{}'::text[] end as by_neighbour
    ) t
) n
cross join lateral (
    select
        z.duration,
        case when z.bill_seconds > z.duration then z.duration else z.bill_seconds end as bill_seconds
    from (
        select
            case
                when a.leg_key is not null then a.duration
                when b.legs = 1 then b.duration
                when b.last_finished_at >= b.first_at
                    then round(extract(epoch from b.last_finished_at - b.first_at)::numeric)::integer
            end as duration,
            coalesce(a.bill_seconds, case when b.sum_bill_seconds > 2147483647 then 2147483647 else b.sum_bill_seconds end)::integer as bill_seconds
    ) z
) s
cross join lateral (
    select
        case when y.talk_seconds > s.bill_seconds then s.bill_seconds else y.talk_seconds end as talk_seconds,
        greatest(a.hold_seconds, case when b.sum_hold_seconds > 2147483647 then 2147483647 else b.sum_hold_seconds end)::integer as hold_seconds,
        case
            when a.bridged_at is null then s.bill_seconds
            when a.finished_at >= a.bridged_at
                then round(extract(epoch from a.finished_at - a.bridged_at)::numeric)::integer
        end as connected_seconds
    from (select greatest(a.talk_seconds, case when b.sum_talk_seconds > 2147483647 then 2147483647 else b.sum_talk_seconds end)::integer as talk_seconds) y
) t
where a.transfer_from is null
    and (a.leg_key is not null or b.call_key <> all (array(select k.call_key from cdr.truncated_call k)))

-- name: attempts
-- The rule of an attempt: a leg towards a carrier.  Stand-alone outbound legs stand for
-- the B-legs that their export does not have.  Read below a list `legs`, as calls.
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

-- name: is_person
-- Did a person answer u, a call or an attempt?  At least: an answer that may be a machine's
-- is none.
(u.answered and u.category <> all (array(select k.category from cdr.category k where k.is_machine))
    and not (u.confidence = 'ambiguous' and u.alternatives && array(select k.category from cdr.category k where k.is_machine)))
