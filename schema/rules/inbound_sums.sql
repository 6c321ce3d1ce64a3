-- What inbound calls came to, added up over the inbound calls of cdr.measure_hour m: by_person,
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
