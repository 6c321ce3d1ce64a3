-- Calls and attempts as additive measures: sum what you like, then divide.

-- name: measure_columns
-- Who counts for what in the rows s, which have the columns of cdr.stat_hour and are joined
-- with measure_joins.
--
-- The final SIP code of what was not answered: a 200 there is the platform's filler and a
-- 1xx is no final answer; neither says how the attempt ended.
s.hour, s.unit, s.domain, s.provider,
coalesce(p.name, s.provider, s.gateway, '(none)') as carrier,
s.gateway, s.direction, s.queue, s.category, s.confidence, s.alternatives,
s.hangup_cause, s.sip_code, s.disposition, s.naive_category,
s.n, s.answered,
case when c.is_bid then s.n else s.answered end as bids,
case when c.is_seizure then s.n else s.answered end as seizures,
case when c.delivered <> 'excluded' then s.n else s.answered end as ner_seizures,
k.unanswered,
s.delivered_low, s.delivered_high,
s.answered + case when s.hangup_cause in
    ('NORMAL_CLEARING', 'USER_BUSY', 'NO_USER_RESPONSE', 'NO_ANSWER', 'CALL_REJECTED')
    then k.unanswered else 0 end as delivered_q850,
case when c.outcome_group = 'caller' then k.unanswered else 0 end as cancelled,
case when c.outcome_group = 'caller'
        or s.alternatives && array(select x.category from cdr.category x where x.outcome_group = 'caller')
    then k.unanswered else 0 end as cancelled_high,
case when s.confidence = 'ambiguous' or c.is_undetermined then k.unanswered else 0 end as undetermined,
case when s.naive_category <> s.category then k.unanswered else 0 end as recategorised,
case when v.is_seizure then s.n else 0 end as naive_seizures,
case when v.is_answered then s.n else 0 end as naive_answered,
case when v.delivered = 'yes' then s.n else 0 end as naive_delivered,
s.answered + case when k.code is not null then k.unanswered else 0 end as coded,
case when k.code between 300 and 399 then k.unanswered else 0 end as coded_3xx,
case when k.code between 400 and 499 then k.unanswered else 0 end as coded_4xx,
case when k.code between 500 and 699 or k.code = 408 then k.unanswered else 0 end as coded_fault,
case when k.code in (480, 486, 600, 603) then k.unanswered else 0 end as coded_seer,
case when k.code in (408, 500, 503, 504) then k.unanswered else 0 end as coded_isa,
case when k.code between 300 and 499 or k.code in (600, 603, 604, 607, 608)
    then k.unanswered else 0 end as coded_reached,
s.short, s.rang, s.duration, s.bill_seconds, s.bill_n, s.talk_seconds, s.early_media_seconds,
s.pdd_seconds, s.pdd_n, s.ring_seconds, s.ring_n, s.setup_seconds, s.setup_n, s.wait_seconds,
s.wait_n, s.hold_seconds, s.handling_seconds, s.handling_n, s.by_agent, s.served_in_time, s.left_soon, s.legs,
case w.who when 'person' then s.by_agent else 0 end as persons,
case when w.who in ('person', 'either') then s.by_agent else 0 end as persons_high,
case w.who when 'machine' then s.answered else 0 end as machines,
case when w.who in ('machine', 'either') then s.answered else 0 end as machines_high,
case w.who when 'person' then s.answered - s.by_agent else 0 end as by_flow

-- name: measure_joins
-- What measure_columns asks for beside the rows s.
join cdr.category c on c.category = s.category
left join cdr.category v on v.category = s.naive_category
left join cdr.provider p on p.provider = s.provider
cross join lateral (
    select
        case when c.is_seizure then s.n - s.answered else 0 end as unanswered,
        case when c.is_seizure and s.sip_code between 300 and 699 then s.sip_code end as code
) k
cross join lateral (
    -- Who took the calls of this row that were answered; where none was, nobody asks.
    select case
        when c.is_machine then 'machine'
        when s.answered > 0 and s.confidence = 'ambiguous' and s.alternatives && array(select x.category from cdr.category x where x.is_machine)
            then 'either'
        else 'person'
    end as who
) w

-- name: rows_of_part
-- The statistics of a part g of a period, of cdr.stat_parts() or cdr.day.  Read behind it,
-- lateral: so the planner goes part by part into an index, and into one of the two.
select h.* from cdr.stat_hour h where g.grain = 'hour' and h.hour >= g.starts_at and h.hour < g.ends_at
union all
select d.* from cdr.stat_day d where g.grain = 'day' and d.starts_at >= g.starts_at and d.starts_at < g.ends_at

-- name: measures_of_part
-- Their measures.  The rows are put together below the joins: above them either of the two
-- would carry every measure, asked for or not.
select
    -- include rules/measure_columns
from (
    -- include rules/rows_of_part
) s
    -- include rules/measure_joins

-- name: calls_of_part
-- How many calls a part g has, from the indexes alone.
select coalesce(sum(s.n), 0) as n
from (
    select h.n from cdr.stat_hour h where g.grain = 'hour' and h.hour >= g.starts_at and h.hour < g.ends_at and h.unit = 'call'
    union all
    select d.n from cdr.stat_day d where g.grain = 'day' and d.starts_at >= g.starts_at and d.starts_at < g.ends_at and d.unit = 'call'
) s

-- name: possible_categories
-- Of a measure m its category, as often as it is certain of (sure), and each other one that it may be.
select m.category, m.n as sure
union all
select a, 0 from unnest(m.alternatives) a
