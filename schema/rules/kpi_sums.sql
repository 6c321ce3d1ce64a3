-- The measures of cdr.measure_hour m, added up.
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
