-- A year of statistics as LEGS legs make them, in the shapes of the demo's two weeks
-- (which must be loaded), and one month of legs for the panels that look a call up.
-- The year ends with the demo's last month.
\set ON_ERROR_STOP on
set synchronous_commit = off;

create temp table shape as
select unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause, sip_code, disposition,
    alternatives, naive_category, sum(n) as n, sum(answered) as answered, sum(delivered_low) as delivered_low,
    sum(delivered_high) as delivered_high, sum(short) as short, sum(rang) as rang, sum(duration) as duration,
    sum(bill_seconds) as bill_seconds, sum(talk_seconds) as talk_seconds, sum(early_media_seconds) as early_media_seconds,
    sum(ring_seconds) as ring_seconds, sum(ring_n) as ring_n, sum(setup_seconds) as setup_seconds, sum(setup_n) as setup_n,
    sum(wait_seconds) as wait_seconds, sum(wait_n) as wait_n, sum(hold_seconds) as hold_seconds, sum(by_agent) as by_agent,
    sum(served_in_time) as served_in_time, sum(left_soon) as left_soon, sum(legs) as legs
from cdr.stat_hour
group by unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause, sip_code, disposition,
    alternatives, naive_category;

truncate cdr.stat_hour;
-- Every shape in every hour: more rows than life would make.  FACTOR scales the counts.
insert into cdr.stat_hour (hour, unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause, sip_code,
    disposition, alternatives, naive_category, n, answered, delivered_low, delivered_high, short, rang, duration, bill_seconds,
    talk_seconds, early_media_seconds, ring_seconds, ring_n, setup_seconds, setup_n, wait_seconds, wait_n, hold_seconds, by_agent,
    served_in_time, left_soon, legs)
select h, s.unit, s.domain, s.provider, s.gateway, s.direction, s.queue, s.category, s.confidence, s.hangup_cause, s.sip_code,
    s.disposition, s.alternatives, s.naive_category, ceil(s.n * f), ceil(s.answered * f), ceil(s.delivered_low * f),
    ceil(s.delivered_high * f), ceil(s.short * f), ceil(s.rang * f), ceil(s.duration * f), ceil(s.bill_seconds * f),
    ceil(s.talk_seconds * f), ceil(s.early_media_seconds * f), ceil(s.ring_seconds * f), ceil(s.ring_n * f),
    ceil(s.setup_seconds * f), ceil(s.setup_n * f), ceil(s.wait_seconds * f), ceil(s.wait_n * f), ceil(s.hold_seconds * f),
    ceil(s.by_agent * f), ceil(s.served_in_time * f), ceil(s.left_soon * f), ceil(s.legs * f)
from generate_series('2025-07-01 00:00+00'::timestamptz, '2026-06-30 23:00+00', '1 hour') h
cross join shape s
cross join (select :legs / 8760.0 / (select sum(legs) from shape where unit = 'call') as f) f;

-- The month that is looked at, leg by leg, each a call of its own.
select count(cdr.add_month('2026-06-01')) as months \gset
truncate cdr.leg;
insert into cdr.leg (leg_key, call_key, side, started_at, direction, caller, destination, gateway, provider, duration, bill_seconds,
    hangup_cause, sip_code, answered, category, confidence, alternatives, naive_category, rule_id, evidence_hash)
select k, k, 'a', '2026-06-01 00:00+00'::timestamptz + i * (interval '30 days' / (:legs / 12)), 'outbound', '380441234567',
    '3805' || 10000000 + i, s.gateway, s.provider, i % 90, case when s.answered > 0 then i % 60 else 0 end, s.hangup_cause,
    s.sip_code, s.answered > 0, s.category, s.confidence, s.alternatives, s.naive_category, 'general.rule', i
from generate_series(1, :legs / 12) i
cross join lateral (select md5('leg' || i)::uuid as k) k
join (select row_number() over () - 1 as place, count(*) over () as places, * from shape where unit = 'attempt') s
    on s.place = i % s.places;
vacuum analyze cdr.stat_hour;
vacuum analyze cdr.leg;
