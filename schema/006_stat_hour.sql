-- Statistics by the hour: counts and sums, never ratios, so that any rows can
-- be added up.  The loader rebuilds the hours that a load touched.

set local role cdretl_owner;

create table cdr.stat_hour (
    hour timestamptz not null,
    unit text collate "C" not null check (unit in ('call', 'attempt')),
    domain text collate "C",
    provider text collate "C",
    gateway text collate "C",
    direction text collate "C",
    queue text collate "C",
    category text collate "C" not null,
    confidence text collate "C" not null,
    hangup_cause text collate "C",
    sip_code smallint,
    disposition text collate "C",
    alternatives text[] collate "C",
    naive_category text collate "C",
    n bigint not null,
    answered bigint not null,
    delivered_low bigint not null,
    delivered_high bigint not null,
    short bigint not null,
    rang bigint not null,
    duration bigint not null,
    bill_seconds bigint not null,
    talk_seconds bigint not null,
    early_media_seconds bigint not null,
    ring_seconds bigint not null,
    ring_n bigint not null,
    setup_seconds bigint not null,
    setup_n bigint not null,
    wait_seconds bigint not null,
    wait_n bigint not null,
    hold_seconds bigint not null,
    by_agent bigint not null,
    served_in_time bigint not null,
    left_soon bigint not null,
    legs bigint not null
);

-- Views look at ranges of hours; how many there were is told by the index alone.
create index stat_hour_hour on cdr.stat_hour (hour, unit) include (n);
-- What a carrier ever sent is asked of the whole time.
create index stat_hour_pair on cdr.stat_hour (provider, gateway, hangup_cause, sip_code, disposition, hour) include (n)
    where unit = 'attempt';

comment on table cdr.stat_hour is 'Calls and attempts by the hour of their start: counts and sums that may be added up. Made from cdr.leg; rebuilt for the hours that a load touches.';
comment on column cdr.stat_hour.hour is 'Beginning of the hour (UTC), half-open.';
comment on column cdr.stat_hour.unit is 'call or attempt; never add the two.';
comment on column cdr.stat_hour.domain is 'Webitel domain.';
comment on column cdr.stat_hour.provider is 'Carrier, see cdr.provider.';
comment on column cdr.stat_hour.gateway is 'Trunk.';
comment on column cdr.stat_hour.direction is 'Direction.';
comment on column cdr.stat_hour.queue is 'Queue or campaign.';
comment on column cdr.stat_hour.category is 'What it came to.';
comment on column cdr.stat_hour.confidence is 'How sure that is.';
comment on column cdr.stat_hour.hangup_cause is 'Hang-up cause of the leg that decided.';
comment on column cdr.stat_hour.sip_code is 'SIP code of the leg that decided, as exported.';
comment on column cdr.stat_hour.disposition is 'SIP hang-up disposition of the leg that decided, as exported: a carrier that begins to send a new pair of code and disposition is seen here.';
comment on column cdr.stat_hour.alternatives is 'The candidates of an ambiguous outcome, else null: bounds of a category''s share count its sets too.';
comment on column cdr.stat_hour.naive_category is 'What a reader of the hang-up cause alone would say; for a call, of its A-leg.';
comment on column cdr.stat_hour.n is 'Calls or attempts.';
comment on column cdr.stat_hour.answered is 'Answered ones, by evidence and not by category.';
comment on column cdr.stat_hour.delivered_low is 'Those for which the network certainly did its part (numerator of NER).';
comment on column cdr.stat_hour.delivered_high is 'Those for which it may have: ambiguous outcomes and cancels without known ringing count here.';
comment on column cdr.stat_hour.short is 'Answered with at least 1 and at most cdr.setting short_call_seconds billed seconds.';
comment on column cdr.stat_hour.rang is 'Known to have rung or to have had early media.';
comment on column cdr.stat_hour.duration is 'Sum of durations, seconds.';
comment on column cdr.stat_hour.bill_seconds is 'Sum of billed seconds of answered ones.';
comment on column cdr.stat_hour.talk_seconds is 'Sum of talk seconds.';
comment on column cdr.stat_hour.early_media_seconds is 'Sum of early media seconds.';
comment on column cdr.stat_hour.ring_seconds is 'Sum of ringing seconds, where known.';
comment on column cdr.stat_hour.ring_n is 'How many have ringing seconds.';
comment on column cdr.stat_hour.setup_seconds is 'Sum of seconds from start to answer of answered ones.';
comment on column cdr.stat_hour.setup_n is 'How many answered ones have both durations.';
comment on column cdr.stat_hour.wait_seconds is 'Sum of seconds in the queue, where known.';
comment on column cdr.stat_hour.wait_n is 'How many have them.';
comment on column cdr.stat_hour.hold_seconds is 'Sum of seconds on hold.';
comment on column cdr.stat_hour.by_agent is 'Answered by a person or a phone; the others of answered were answered by the flow alone.';
comment on column cdr.stat_hour.served_in_time is 'Answered by a person after at most cdr.setting service_seconds of known waiting.';
comment on column cdr.stat_hour.left_soon is 'Not answered by a person after at most cdr.setting soon_seconds of known waiting: short abandons.';
comment on column cdr.stat_hour.legs is 'Legs they are made of.';

-- What the hours of a period come to, computed anew.  The loader stores it, the
-- tests hold what is stored against it.  A million rows pass here in every large
-- load: the union works a row's columns out once, before twenty aggregates look
-- at them, rows are only counted, and whatever follows from a group is worked out
-- for the group.
create function cdr.hours_between(period_from timestamptz, period_to timestamptz)
    returns setof cdr.stat_hour
    language sql
    stable
as $$
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
                when g.alternatives && array(select category from cdr.category where delivered <> 'no')
                then g.n - g.answered else 0 end
            when g.category = any (array(select category from cdr.category where delivered <> 'no'))
                then g.n - g.answered
            else 0 end,
        g.short, g.rang, coalesce(g.duration, 0), coalesce(g.bill_seconds, 0), coalesce(g.talk_seconds, 0),
        coalesce(g.early_media_seconds, 0), coalesce(g.ring_seconds, 0), g.ring_n,
        coalesce(g.setup_seconds, 0), g.setup_n, coalesce(g.wait_seconds, 0), g.wait_n,
        coalesce(g.hold_seconds, 0), g.by_agent, g.served_in_time, g.left_soon, g.legs::bigint
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
            sum(u.talk_seconds) as talk_seconds,
            sum(u.early_media_seconds) as early_media_seconds,
            sum(u.ring_seconds) as ring_seconds,
            count(u.ring_seconds) as ring_n,
            sum(u.duration - u.bill_seconds) as setup_seconds,
            count(u.duration - u.bill_seconds) as setup_n,
            sum(u.wait_seconds) as wait_seconds,
            count(u.wait_seconds) as wait_n,
            sum(u.hold_seconds) as hold_seconds,
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
                coalesce(c.ring_seconds > 0 or c.early_media_seconds > 0, false) as rang,
                c.duration, case when c.answered then c.bill_seconds end as bill_seconds, c.talk_seconds,
                c.early_media_seconds, c.ring_seconds, c.wait_seconds, c.hold_seconds,
                c.answered_by is not distinct from 'leg' as by_agent, c.legs::integer as legs
            from cdr.calls_between(period_from, period_to) c
            union all
            select 'attempt', date_trunc('hour', t.started_at at time zone 'UTC'),
                t.domain, t.provider, t.gateway, t.direction, t.queue, t.category, t.confidence,
                t.hangup_cause, t.sip_code, t.disposition,
                case when t.confidence = 'ambiguous' then t.alternatives end,
                t.naive_category, t.answered,
                coalesce(t.ring_seconds > 0 or t.early_media_seconds > 0, false),
                t.duration, case when t.answered then t.bill_seconds end, t.talk_seconds,
                t.early_media_seconds, t.ring_seconds, t.wait_seconds, t.hold_seconds,
                t.answered, 1
            from cdr.attempts_between(period_from, period_to) t
        ) u
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
    ) g
$$;

comment on function cdr.calls_between(timestamptz, timestamptz) is
    'Calls that start in [from, to), from the legs of a day before to a day after. The rule of cdr.call for a period.';
comment on function cdr.attempts_between(timestamptz, timestamptz) is
    'Attempts that start in [from, to). The rule of cdr.attempt for a period.';
comment on function cdr.hours_between(timestamptz, timestamptz) is
    'What cdr.stat_hour must hold for the hours of [from, to).';

grant execute on function cdr.calls_between(timestamptz, timestamptz), cdr.attempts_between(timestamptz, timestamptz),
    cdr.hours_between(timestamptz, timestamptz) to cdretl_loader;
grant select on cdr.call, cdr.attempt, cdr.stat_hour to cdretl_loader, cdretl_dashboard;
grant insert, update, delete on cdr.stat_hour to cdretl_loader;
