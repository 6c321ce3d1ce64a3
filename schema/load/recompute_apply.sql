-- The groups that change, out, and in again with the difference.  $1 and $2: the first
-- and the last hour.  What coalesce says is said so that all keys are hashed, and no index
-- is tempting; what holds of nulls is below it.
--
-- Is that wrong?  A group may be of before somebody changed what counting depends on; and
-- statistics of a call whose legs lie more than a day apart depend on how they were built:
-- then a difference is taken from what never counted it.
with gone as (
    delete from cdr.stat_hour s
    using pg_temp.net d
    where s.hour >= $1::timestamptz and s.hour <= $2::timestamptz
        and coalesce(s.hour, 'epoch') = coalesce(d.hour, 'epoch')
        and coalesce(s.unit, '') = coalesce(d.unit, '')
        and coalesce(s.category, '') = coalesce(d.category, '')
        and coalesce(s.confidence, '') = coalesce(d.confidence, '')
        and coalesce(s.provider, '') = coalesce(d.provider, '')
        and coalesce(s.gateway, '') = coalesce(d.gateway, '')
        and coalesce(s.queue, '') = coalesce(d.queue, '')
        and coalesce(s.hangup_cause, '') = coalesce(d.hangup_cause, '')
        and coalesce(s.disposition, '') = coalesce(d.disposition, '')
        and coalesce(s.naive_category, '') = coalesce(d.naive_category, '')
        and coalesce(s.sip_code, 0) = coalesce(d.sip_code, 0)
        and s.domain is not distinct from d.domain
        and s.provider is not distinct from d.provider
        and s.gateway is not distinct from d.gateway
        and s.direction is not distinct from d.direction
        and s.queue is not distinct from d.queue
        and s.hangup_cause is not distinct from d.hangup_cause
        and s.sip_code is not distinct from d.sip_code
        and s.disposition is not distinct from d.disposition
        and s.alternatives is not distinct from d.alternatives
        and s.naive_category is not distinct from d.naive_category
    returning s.*, age(s.xmin) as age
), counted as (
    select * from gone
    union all
    select *, 0 from pg_temp.net
), put as (
    insert into cdr.stat_hour
    select hour, unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause,
        sip_code, disposition, alternatives, naive_category,
        sum(n), sum(answered), sum(delivered_low), sum(delivered_high), sum(short), sum(rang),
        sum(duration), sum(bill_seconds), sum(talk_seconds), sum(early_media_seconds),
        sum(ring_seconds), sum(ring_n), sum(setup_seconds), sum(setup_n), sum(wait_seconds),
        sum(wait_n), sum(hold_seconds), sum(by_agent), sum(served_in_time), sum(left_soon), sum(legs)
    from counted
    group by hour, unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause,
        sip_code, disposition, alternatives, naive_category
    having (sum(n), sum(answered), sum(delivered_low), sum(delivered_high), sum(short), sum(rang),
        sum(duration), sum(bill_seconds), sum(talk_seconds), sum(early_media_seconds),
        sum(ring_seconds), sum(ring_n), sum(setup_seconds), sum(setup_n), sum(wait_seconds),
        sum(wait_n), sum(hold_seconds), sum(by_agent), sum(served_in_time), sum(left_soon), sum(legs))
        <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    returning n = 0 or least(n, answered, delivered_low, delivered_high, short, rang, duration, bill_seconds,
            talk_seconds, early_media_seconds, ring_seconds, ring_n, setup_seconds, setup_n,
            wait_seconds, wait_n, hold_seconds, by_agent, served_in_time, left_soon, legs) < 0 as is_wrong
)
select coalesce((select bool_or(is_wrong) from put), false)
    or coalesce((select max(age) from gone) > (
        select min(basis.age) from (
            select age(xmin) as age from cdr.setting
            where setting in ('short_call_seconds', 'service_seconds', 'soon_seconds')
            union all
            select age(xmin) from cdr.category
        ) basis), false);
