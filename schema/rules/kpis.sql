-- Measures added up, and their ratios.

-- name: kpi_sums
-- The measures of the measures m, added up.
sum(m.n) as n, sum(m.answered) as answered, sum(m.bids) as bids, sum(m.seizures) as seizures,
sum(m.ner_seizures) as ner_seizures, sum(m.unanswered) as unanswered, sum(m.delivered_low) as
delivered_low, sum(m.delivered_high) as delivered_high, sum(m.delivered_q850) as delivered_q850,
sum(m.cancelled) as cancelled, sum(m.cancelled_high) as cancelled_high, sum(m.undetermined) as
undetermined, sum(m.recategorised) as recategorised, sum(m.naive_seizures) as naive_seizures,
sum(m.naive_answered) as naive_answered, sum(m.naive_delivered) as naive_delivered, sum(m.coded)
as coded, sum(m.coded_3xx) as coded_3xx, sum(m.coded_4xx) as coded_4xx, sum(m.coded_fault) as
coded_fault, sum(m.coded_seer) as coded_seer, sum(m.coded_isa) as coded_isa,
sum(m.coded_reached) as coded_reached, sum(m.short) as short, sum(m.rang) as rang,
sum(m.duration) as duration, sum(m.bill_seconds) as bill_seconds, sum(m.bill_n) as bill_n, sum(m.talk_seconds) as
talk_seconds, sum(m.early_media_seconds) as early_media_seconds, sum(m.pdd_seconds) as
pdd_seconds, sum(m.pdd_n) as pdd_n, sum(m.ring_seconds) as
ring_seconds, sum(m.ring_n) as ring_n, sum(m.setup_seconds) as setup_seconds, sum(m.setup_n) as
setup_n, sum(m.wait_seconds) as wait_seconds, sum(m.wait_n) as wait_n, sum(m.hold_seconds) as
hold_seconds, sum(m.handling_seconds) as handling_seconds, sum(m.handling_n) as handling_n,
sum(m.by_agent) as by_agent, sum(m.served_in_time) as served_in_time,
sum(m.left_soon) as left_soon, sum(m.legs) as legs, sum(m.persons) as persons,
sum(m.persons_high) as persons_high, sum(m.machines) as machines, sum(m.machines_high) as machines_high,
sum(m.by_flow) as by_flow

-- name: kpi_ratios
-- Every KPI ratio, once: columns over s, a row of summed measures (kpi_sums).  A ratio is
-- a percentage of two decimals, null on an empty denominator, with its sample size (_n) and
-- its Wilson 95 % interval (_ci_low, _ci_high) beside it; of a band two, _low and _high.
s.n, s.bids, s.seizures, s.answered, s.unanswered, s.bill_seconds,
s.seizures >= (select t.value::numeric from cdr.setting t where t.setting = 'enough_calls') as is_enough,
cdr.percent(s.answered, s.seizures) as asr,
s.seizures as asr_n,
cdr.wilson_low(s.answered, s.seizures) as asr_ci_low,
cdr.wilson_high(s.answered, s.seizures) as asr_ci_high,
cdr.percent(s.answered, s.bids) as abr,
s.bids as abr_n,
cdr.wilson_low(s.answered, s.bids) as abr_ci_low,
cdr.wilson_high(s.answered, s.bids) as abr_ci_high,
cdr.percent(s.delivered_low, s.ner_seizures) as ner_low,
cdr.percent(s.delivered_high, s.ner_seizures) as ner_high,
s.ner_seizures as ner_n,
cdr.wilson_low(s.delivered_low, s.ner_seizures) as ner_ci_low,
cdr.wilson_high(s.delivered_high, s.ner_seizures) as ner_ci_high,
cdr.percent(s.delivered_q850, s.seizures) as ner_q850,
s.seizures as ner_q850_n,
cdr.wilson_low(s.delivered_q850, s.seizures) as ner_q850_ci_low,
cdr.wilson_high(s.delivered_q850, s.seizures) as ner_q850_ci_high,
cdr.percent(s.answered, s.coded - s.coded_4xx) as ner_46labs,
s.coded - s.coded_4xx as ner_46labs_n,
cdr.wilson_low(s.answered, s.coded - s.coded_4xx) as ner_46labs_ci_low,
cdr.wilson_high(s.answered, s.coded - s.coded_4xx) as ner_46labs_ci_high,
cdr.percent(s.answered + s.coded_reached, s.coded) as ner_voipmonitor,
s.coded as ner_voipmonitor_n,
cdr.wilson_low(s.answered + s.coded_reached, s.coded) as ner_voipmonitor_ci_low,
cdr.wilson_high(s.answered + s.coded_reached, s.coded) as ner_voipmonitor_ci_high,
cdr.percent(s.coded - s.coded_fault, s.coded) as ccr,
s.coded as ccr_n,
cdr.wilson_low(s.coded - s.coded_fault, s.coded) as ccr_ci_low,
cdr.wilson_high(s.coded - s.coded_fault, s.coded) as ccr_ci_high,
cdr.percent(s.answered, s.coded - s.coded_3xx) as ser,
s.coded - s.coded_3xx as ser_n,
cdr.wilson_low(s.answered, s.coded - s.coded_3xx) as ser_ci_low,
cdr.wilson_high(s.answered, s.coded - s.coded_3xx) as ser_ci_high,
cdr.percent(s.answered + s.coded_seer, s.coded - s.coded_3xx) as seer,
s.coded - s.coded_3xx as seer_n,
cdr.wilson_low(s.answered + s.coded_seer, s.coded - s.coded_3xx) as seer_ci_low,
cdr.wilson_high(s.answered + s.coded_seer, s.coded - s.coded_3xx) as seer_ci_high,
cdr.percent(s.coded_isa, s.coded) as isa,
s.coded as isa_n,
cdr.wilson_low(s.coded_isa, s.coded) as isa_ci_low,
cdr.wilson_high(s.coded_isa, s.coded) as isa_ci_high,
cdr.percent(s.short, s.answered) as sdr,
s.answered as sdr_n,
cdr.wilson_low(s.short, s.answered) as sdr_ci_low,
cdr.wilson_high(s.short, s.answered) as sdr_ci_high,
cdr.percent(s.cancelled, s.seizures) as abandon_low,
cdr.percent(s.cancelled_high, s.seizures) as abandon_high,
s.seizures as abandon_n,
cdr.wilson_low(s.cancelled, s.seizures) as abandon_ci_low,
cdr.wilson_high(s.cancelled_high, s.seizures) as abandon_ci_high,
cdr.percent(s.undetermined, s.unanswered) as ambiguity,
s.unanswered as ambiguity_n,
cdr.wilson_low(s.undetermined, s.unanswered) as ambiguity_ci_low,
cdr.wilson_high(s.undetermined, s.unanswered) as ambiguity_ci_high,
cdr.percent(s.recategorised, s.unanswered) as recategorisation,
s.unanswered as recategorisation_n,
cdr.wilson_low(s.recategorised, s.unanswered) as recategorisation_ci_low,
cdr.wilson_high(s.recategorised, s.unanswered) as recategorisation_ci_high,
cdr.percent(s.naive_answered, s.naive_seizures) as naive_asr,
s.naive_seizures as naive_asr_n,
cdr.wilson_low(s.naive_answered, s.naive_seizures) as naive_asr_ci_low,
cdr.wilson_high(s.naive_answered, s.naive_seizures) as naive_asr_ci_high,
cdr.percent(s.naive_delivered, s.naive_seizures) as naive_ner,
s.naive_seizures as naive_ner_n,
cdr.wilson_low(s.naive_delivered, s.naive_seizures) as naive_ner_ci_low,
cdr.wilson_high(s.naive_delivered, s.naive_seizures) as naive_ner_ci_high,
round(s.bill_seconds / nullif(s.bill_n, 0), 1) as acd, s.bill_n as acd_n,
round(s.setup_seconds / nullif(s.setup_n, 0), 1) as pgad, s.setup_n as pgad_n,
s.persons, s.persons_high, s.machines, s.machines_high, s.by_flow,
cdr.percent(s.persons, s.seizures) as person_low,
cdr.percent(s.persons_high, s.seizures) as person_high,
s.seizures as person_n,
cdr.wilson_low(s.persons, s.seizures) as person_ci_low,
cdr.wilson_high(s.persons_high, s.seizures) as person_ci_high,
cdr.percent(s.machines, s.seizures) as machine_low,
cdr.percent(s.machines_high, s.seizures) as machine_high,
s.seizures as machine_n,
cdr.wilson_low(s.machines, s.seizures) as machine_ci_low,
cdr.wilson_high(s.machines_high, s.seizures) as machine_ci_high,
round(s.bill_seconds / 60.0, 1) as minutes

-- name: queue_ratios
-- The KPIs of queues, as kpi_ratios: columns over s.
s.n as offered, s.by_agent, s.left_soon, s.served_in_time,
cdr.percent(s.n - s.by_agent, s.n) as queue_abandon,
s.n as queue_abandon_n,
cdr.wilson_low(s.n - s.by_agent, s.n) as queue_abandon_ci_low,
cdr.wilson_high(s.n - s.by_agent, s.n) as queue_abandon_ci_high,
cdr.percent(s.n - s.by_agent - s.left_soon, s.n - s.left_soon) as queue_abandon_net,
s.n - s.left_soon as queue_abandon_net_n,
cdr.wilson_low(s.n - s.by_agent - s.left_soon, s.n - s.left_soon) as queue_abandon_net_ci_low,
cdr.wilson_high(s.n - s.by_agent - s.left_soon, s.n - s.left_soon) as queue_abandon_net_ci_high,
cdr.percent(s.served_in_time, s.wait_n - s.left_soon) as service_level,
s.wait_n - s.left_soon as service_level_n,
cdr.wilson_low(s.served_in_time, s.wait_n - s.left_soon) as service_level_ci_low,
cdr.wilson_high(s.served_in_time, s.wait_n - s.left_soon) as service_level_ci_high,
round(s.wait_seconds / nullif(s.wait_n, 0), 1) as mean_wait, s.wait_n as mean_wait_n,
round(s.handling_seconds / nullif(s.handling_n, 0), 1) as aht, s.handling_n as aht_n

-- name: inbound_sums
-- What inbound calls came to, added up over the inbound calls of the measures m: by_person,
-- by_flow, abandoned and unanswered_other make all of them.  Of calls that were offered to a
-- queue those that no person answered are abandoned; without one those whose caller gave up.
sum(m.n) as inbound,
sum(m.by_agent) as by_person,
sum(case when m.queue is null then m.answered - m.by_agent else 0 end) as by_flow,
sum(case when m.queue is null then m.cancelled else m.n - m.by_agent end) as abandoned,
sum(case when m.queue is null then m.n - m.answered - m.cancelled else 0 end) as unanswered_other,
sum(m.left_soon) as left_soon, sum(m.served_in_time) as served_in_time,
sum(m.wait_seconds) as wait_seconds, sum(m.wait_n) as wait_n,
sum(m.handling_seconds) as handling_seconds, sum(m.handling_n) as handling_n,
sum(m.talk_seconds) as talk_seconds

-- name: inbound_ratios
-- The ratios of inbound calls, as kpi_ratios: columns over s.
s.inbound, s.by_person, s.by_flow, s.abandoned, s.unanswered_other, s.left_soon, s.served_in_time,
cdr.percent(s.by_person, s.inbound) as inbound_person,
s.inbound as inbound_person_n,
cdr.wilson_low(s.by_person, s.inbound) as inbound_person_ci_low,
cdr.wilson_high(s.by_person, s.inbound) as inbound_person_ci_high,
cdr.percent(s.abandoned, s.inbound) as inbound_abandon,
s.inbound as inbound_abandon_n,
cdr.wilson_low(s.abandoned, s.inbound) as inbound_abandon_ci_low,
cdr.wilson_high(s.abandoned, s.inbound) as inbound_abandon_ci_high,
cdr.percent(s.served_in_time, s.wait_n - s.left_soon) as service_level,
s.wait_n - s.left_soon as service_level_n,
cdr.wilson_low(s.served_in_time, s.wait_n - s.left_soon) as service_level_ci_low,
cdr.wilson_high(s.served_in_time, s.wait_n - s.left_soon) as service_level_ci_high,
round(s.wait_seconds / nullif(s.wait_n, 0), 1) as mean_wait, s.wait_n as mean_wait_n,
round(s.handling_seconds / nullif(s.handling_n, 0), 1) as aht, s.handling_n as aht_n,
round(s.talk_seconds / 60.0, 1) as talk_minutes

-- name: measure_only
-- The rows of the measures m that a reader chose; null: all.  What has none is '(none)'.
(only_carriers is null or m.carrier = any (only_carriers))
and (only_gateways is null or coalesce(m.gateway, '(none)') = any (only_gateways))
and (only_directions is null or coalesce(m.direction, '(none)') = any (only_directions))
and (only_queues is null or coalesce(m.queue, '(none)') = any (only_queues))
and (only_domains is null or coalesce(m.domain, '(none)') = any (only_domains))

-- name: bucket
-- The bucket of an hour m.hour: itself, its day in the zone, or its hour of the week, given as
-- an instant of the first week of 2001, which began on a Monday.  Of anything else: null.
case bucket
    when 'hour' then m.hour
    when 'day' then date_trunc('day', m.hour, zone)
    when 'week_hour' then ((date '2001-01-01' + extract(isodow from m.hour at time zone zone)::integer - 1)
        + extract(hour from m.hour at time zone zone) * interval '1 hour') at time zone zone
end as at,

-- name: carrier_categories
-- Of a CTE `period`, by carrier and category: how many certainly (n), and with those that may be
-- it (n_high).  `where` with the unit and `group by 1, 2` are to follow.
select m.carrier, x.category, sum(x.sure) as n, sum(m.n) as n_high
from period p
cross join lateral cdr.stat_parts(p.starts_at, p.ends_at) g
cross join lateral (
    -- include rules/measures_of_part
) m
cross join lateral (
    -- include rules/possible_categories
) x

-- name: attempts_by_bucket
-- As cdr.kpi_between() has attempts of a CTE `period` by its bucket, day or hour; but what is
-- not asked for is not added up.
select
    s.at,
    -- include rules/kpi_ratios
from (
    select
        -- include rules/bucket
        -- include rules/kpi_sums
    from period p
    cross join lateral cdr.stat_parts(p.starts_at, p.ends_at, p.bucket = 'hour') g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    where m.unit = 'attempt'
    group by 1
) s

-- name: inbound_by_bucket
-- Likewise as cdr.inbound_between() has inbound calls.
select
    s.at,
    -- include rules/inbound_ratios
from (
    select
        -- include rules/bucket
        -- include rules/inbound_sums
    from period p
    cross join lateral cdr.stat_parts(p.starts_at, p.ends_at, p.bucket = 'hour') g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    where m.unit = 'call' and m.direction = 'inbound'
    group by 1
) s
