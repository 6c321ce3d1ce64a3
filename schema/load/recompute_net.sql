-- The difference, group by group, where there is one.
insert into pg_temp.net
select hour, unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause,
    sip_code, disposition, alternatives, naive_category,
    sum(n), sum(answered), sum(delivered_low), sum(delivered_high), sum(short), sum(rang),
    sum(duration), sum(bill_seconds), sum(talk_seconds), sum(early_media_seconds),
    sum(ring_seconds), sum(ring_n), sum(setup_seconds), sum(setup_n), sum(wait_seconds),
    sum(wait_n), sum(hold_seconds), sum(by_agent), sum(served_in_time), sum(left_soon), sum(legs)
from pg_temp.delta
group by hour, unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause,
    sip_code, disposition, alternatives, naive_category
having (sum(n), sum(answered), sum(delivered_low), sum(delivered_high), sum(short), sum(rang),
    sum(duration), sum(bill_seconds), sum(talk_seconds), sum(early_media_seconds),
    sum(ring_seconds), sum(ring_n), sum(setup_seconds), sum(setup_n), sum(wait_seconds),
    sum(wait_n), sum(hold_seconds), sum(by_agent), sum(served_in_time), sum(left_soon), sum(legs))
    <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
