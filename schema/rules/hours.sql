-- What calls and attempts count for in an hour.

-- name: hours_of_legs
-- The rows of cdr.stat_hour for the hours of [period_from, period_to), behind a list `legs`.
all_calls as not materialized (
    -- include rules/calls
), calls as not materialized (
    select * from all_calls where started_at >= period_from and started_at < period_to
), all_attempts as not materialized (
    -- include rules/attempts
), attempts as not materialized (
    select * from all_attempts where started_at >= period_from and started_at < period_to
)
-- include rules/hours

-- name: hours
-- What calls and attempts come to by the hour: the rows of cdr.stat_hour.  Read below the
-- lists `calls` and `attempts`.
--
-- A million rows pass here in every large load: the union works a row's columns out once,
-- before twenty aggregates look at them, rows are only counted, and whatever follows from
-- a group is worked out for the group.
select g.utc_hour at time zone 'UTC', g.unit, g.domain, g.provider, g.gateway, g.direction, g.queue,
    g.category, g.confidence, g.hangup_cause, g.sip_code, g.disposition, g.alternatives, g.naive_category,
    g.n, g.answered,
    g.answered + case
        when g.confidence = 'ambiguous' then case
            when g.alternatives <@ array(select category from cdr.category where delivered = 'yes')
            then g.n - g.answered else 0 end
        when g.category = any (array(select category from cdr.category where delivered = 'if_rang'))
            then g.rang_only
        when g.category = any (array(select category from cdr.category where delivered = 'yes'))
            then g.n - g.answered
        else 0 end,
    g.answered + case
        when g.confidence = 'ambiguous' then case
            when g.alternatives && array(select category from cdr.category where delivered in ('yes', 'if_rang'))
            then g.n - g.answered else 0 end
        when g.category = any (array(select category from cdr.category where delivered in ('yes', 'if_rang')))
            then g.n - g.answered
        else 0 end,
    g.short, g.rang, coalesce(g.duration, 0), coalesce(g.bill_seconds, 0), g.bill_n, coalesce(g.talk_seconds, 0),
    coalesce(g.early_media_seconds, 0), coalesce(g.pdd_seconds, 0), g.pdd_n, coalesce(g.ring_seconds, 0), g.ring_n,
    coalesce(g.setup_seconds, 0), g.setup_n, coalesce(g.wait_seconds, 0), g.wait_n,
    coalesce(g.hold_seconds, 0), coalesce(g.handling_seconds, 0), g.handling_n, g.by_agent, g.served_in_time, g.left_soon, g.legs::bigint,
    (select cdr.stat_basis())
from (
    select u.utc_hour, u.unit, u.domain, u.provider, u.gateway, u.direction, u.queue, u.category, u.confidence,
        u.hangup_cause, u.sip_code, u.disposition, u.alternatives, u.naive_category,
        count(*) as n,
        count(*) filter (where u.answered) as answered,
        count(*) filter (where u.rang and not u.answered) as rang_only,
        count(*) filter (where u.rang) as rang,
        count(*) filter (where u.bill_seconds between 1
            and (select value::integer from cdr.setting where setting = 'short_call_seconds')) as short,
        sum(u.duration) as duration,
        sum(u.bill_seconds) as bill_seconds,
        count(u.bill_seconds) as bill_n,
        sum(u.talk_seconds) as talk_seconds,
        sum(u.early_media_seconds) as early_media_seconds,
        sum(u.pdd_seconds) as pdd_seconds,
        count(u.pdd_seconds) as pdd_n,
        sum(u.ring_seconds) as ring_seconds,
        count(u.ring_seconds) as ring_n,
        sum(u.duration - u.bill_seconds) as setup_seconds,
        count(u.duration - u.bill_seconds) as setup_n,
        sum(u.wait_seconds) as wait_seconds,
        count(u.wait_seconds) as wait_n,
        sum(u.hold_seconds) as hold_seconds,
        sum(u.handling_seconds) filter (where u.by_agent) as handling_seconds,
        count(u.handling_seconds) filter (where u.by_agent) as handling_n,
        count(*) filter (where u.by_agent) as by_agent,
        count(*) filter (where u.by_agent and u.wait_seconds <=
            (select value::integer from cdr.setting where setting = 'service_seconds')) as served_in_time,
        count(*) filter (where not u.by_agent and u.wait_seconds <=
            (select value::integer from cdr.setting where setting = 'soon_seconds')) as left_soon,
        sum(u.legs) as legs
    from (
        select 'call' as unit, date_trunc('hour', c.started_at at time zone 'UTC') as utc_hour,
            c.domain, c.provider, c.gateway, c.direction, c.queue, c.category, c.confidence,
            c.hangup_cause, c.sip_code, c.disposition,
            case when c.confidence = 'ambiguous' then c.alternatives end as alternatives,
            c.naive_category, c.answered,
            coalesce(c.ring_seconds > 0 or c.early_media_seconds > 0, false) or c.pdd_seconds is not null as rang,
            c.duration, case when c.answered then c.bill_seconds end as bill_seconds, c.talk_seconds,
            c.early_media_seconds, c.pdd_seconds, c.ring_seconds, c.wait_seconds, c.hold_seconds, c.handling_seconds,
            c.answered_by is not distinct from 'leg' as by_agent, c.legs::integer as legs
        from calls c
        union all
        select 'attempt', date_trunc('hour', t.started_at at time zone 'UTC'),
            t.domain, t.provider, t.gateway, t.direction, t.queue, t.category, t.confidence,
            t.hangup_cause, t.sip_code, t.disposition,
            case when t.confidence = 'ambiguous' then t.alternatives end,
            t.naive_category, t.answered,
            coalesce(t.ring_seconds > 0 or t.early_media_seconds > 0, false) or t.pdd_seconds is not null,
            t.duration, case when t.answered then t.bill_seconds end, t.talk_seconds,
            t.early_media_seconds, t.pdd_seconds, t.ring_seconds, t.wait_seconds, t.hold_seconds, null::integer,
            t.answered, 1
        from attempts t
    ) u
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
) g
