-- What the calls that change count for.
insert into pg_temp.delta
select hour, unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause,
    sip_code, disposition, alternatives, naive_category,
    -n, -answered, -delivered_low, -delivered_high, -short, -rang, -duration, -bill_seconds,
    -talk_seconds, -early_media_seconds, -ring_seconds, -ring_n, -setup_seconds, -setup_n,
    -wait_seconds, -wait_n, -hold_seconds, -by_agent, -served_in_time, -left_soon, -legs
from pg_temp.hours_between('-infinity', 'infinity');
