-- Key figures of a period.

-- name: kpi_between
-- The KPIs of a period: what boards, the report and the tables of `cdretl stats` read.
--
-- bucket: all, hour, day (of the zone in cdr.setting), or week_hour (an hour of the week,
-- given as an instant of the first week of 2001, which began on a Monday).  keyed_by: all,
-- carrier, gateway, direction, queue or domain.  only_...: null for all of them.
create function cdr.kpi_between(period_from timestamptz, period_to timestamptz, counted_unit text,
        bucket text default 'all', keyed_by text default 'all', only_carriers text[] default null,
        only_gateways text[] default null, only_directions text[] default null, only_queues text[] default null,
        only_domains text[] default null)
    returns table (at timestamptz, key text, undetermined numeric, recategorised numeric,
        n numeric, bids numeric, seizures numeric, answered numeric, unanswered numeric,
        bill_seconds numeric, is_enough boolean, asr numeric, asr_n numeric,
        asr_ci_low numeric, asr_ci_high numeric, abr numeric, abr_n numeric,
        abr_ci_low numeric, abr_ci_high numeric, ner_low numeric, ner_high numeric,
        ner_n numeric, ner_ci_low numeric, ner_ci_high numeric, ner_q850 numeric,
        ner_q850_n numeric, ner_q850_ci_low numeric, ner_q850_ci_high numeric,
        ner_46labs numeric, ner_46labs_n numeric, ner_46labs_ci_low numeric,
        ner_46labs_ci_high numeric, ner_voipmonitor numeric, ner_voipmonitor_n numeric,
        ner_voipmonitor_ci_low numeric, ner_voipmonitor_ci_high numeric, ccr numeric,
        ccr_n numeric, ccr_ci_low numeric, ccr_ci_high numeric, ser numeric, ser_n numeric,
        ser_ci_low numeric, ser_ci_high numeric, seer numeric, seer_n numeric,
        seer_ci_low numeric, seer_ci_high numeric, isa numeric, isa_n numeric,
        isa_ci_low numeric, isa_ci_high numeric, sdr numeric, sdr_n numeric,
        sdr_ci_low numeric, sdr_ci_high numeric, abandon_low numeric, abandon_high numeric,
        abandon_n numeric, abandon_ci_low numeric, abandon_ci_high numeric, ambiguity numeric,
        ambiguity_n numeric, ambiguity_ci_low numeric, ambiguity_ci_high numeric,
        recategorisation numeric, recategorisation_n numeric, recategorisation_ci_low numeric,
        recategorisation_ci_high numeric, naive_asr numeric, naive_asr_n numeric,
        naive_asr_ci_low numeric, naive_asr_ci_high numeric, naive_ner numeric,
        naive_ner_n numeric, naive_ner_ci_low numeric, naive_ner_ci_high numeric, acd numeric,
        acd_n numeric, pgad numeric, pgad_n numeric,
        persons numeric, persons_high numeric, machines numeric, machines_high numeric, by_flow numeric,
        person_low numeric, person_high numeric, person_n numeric, person_ci_low numeric,
        person_ci_high numeric, machine_low numeric, machine_high numeric, machine_n numeric,
        machine_ci_low numeric, machine_ci_high numeric, minutes numeric)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if bucket not in ('all', 'hour', 'day', 'week_hour')
        or keyed_by not in ('all', 'carrier', 'gateway', 'direction', 'queue', 'domain') then
        raise exception 'no KPIs by % and %', bucket, keyed_by;
    end if;
    return query
    select
        s.at, s.key, s.undetermined, s.recategorised,
        -- include rules/kpi_ratios
    from (
        select
            -- include rules/bucket
            case keyed_by
                when 'carrier' then m.carrier
                when 'gateway' then m.gateway
                when 'direction' then m.direction
                when 'queue' then m.queue
                when 'domain' then m.domain
            end as key,
            -- include rules/kpi_sums
        from cdr.stat_parts(period_from, period_to, bucket in ('hour', 'week_hour')) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        where m.unit = counted_unit
            and
                -- include rules/measure_only
        group by 1, 2
    ) s;
end
$$;

comment on function cdr.kpi_between(timestamptz, timestamptz, text, text, text, text[], text[], text[], text[], text[]) is
    'KPIs of the hours that begin in [from, to), for calls or attempts, by hour, day or hour of the week, and by carrier, gateway, direction, queue or domain. Columns as in cdr.kpi_day.';

revoke all on function cdr.kpi_between(timestamptz, timestamptz, text, text, text, text[], text[], text[], text[], text[]) from public;
grant execute on function cdr.kpi_between(timestamptz, timestamptz, text, text, text, text[], text[], text[], text[], text[]) to cdretl_loader, cdretl_dashboard;

-- name: queue_kpi_between
-- The KPIs of queues in a period: inbound calls that were offered to one.
create function cdr.queue_kpi_between(period_from timestamptz, period_to timestamptz)
    returns table (queue text,
        offered numeric, by_agent numeric, left_soon numeric, served_in_time numeric,
        queue_abandon numeric, queue_abandon_n numeric, queue_abandon_ci_low numeric,
        queue_abandon_ci_high numeric, queue_abandon_net numeric, queue_abandon_net_n numeric,
        queue_abandon_net_ci_low numeric, queue_abandon_net_ci_high numeric,
        service_level numeric, service_level_n numeric, service_level_ci_low numeric,
        service_level_ci_high numeric, mean_wait numeric, mean_wait_n numeric, aht numeric,
        aht_n numeric)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    return query
    select
        s.queue,
        -- include rules/queue_ratios
    from (
        select m.queue,
            -- include rules/kpi_sums
        from cdr.stat_parts(period_from, period_to) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        where m.unit = 'call' and m.direction = 'inbound' and m.queue is not null
        group by m.queue
    ) s;
end
$$;

comment on function cdr.queue_kpi_between(timestamptz, timestamptz) is
    'Queue KPIs of the hours that begin in [from, to). Columns as in cdr.kpi_queue_day.';

revoke all on function cdr.queue_kpi_between(timestamptz, timestamptz) from public;
grant execute on function cdr.queue_kpi_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: inbound_between
-- Inbound calls of a period.  bucket as in cdr.kpi_between; keyed_by: all, queue, carrier,
-- gateway or domain.
create function cdr.inbound_between(period_from timestamptz, period_to timestamptz, bucket text default 'all',
        keyed_by text default 'all', only_carriers text[] default null,
        only_gateways text[] default null, only_directions text[] default null, only_queues text[] default null,
        only_domains text[] default null)
    returns table (at timestamptz, key text,
        inbound numeric, by_person numeric, by_flow numeric, abandoned numeric, unanswered_other numeric,
        left_soon numeric, served_in_time numeric,
        inbound_person numeric, inbound_person_n numeric, inbound_person_ci_low numeric, inbound_person_ci_high numeric,
        inbound_abandon numeric, inbound_abandon_n numeric, inbound_abandon_ci_low numeric, inbound_abandon_ci_high numeric,
        service_level numeric, service_level_n numeric, service_level_ci_low numeric, service_level_ci_high numeric,
        mean_wait numeric, mean_wait_n numeric, aht numeric, aht_n numeric, talk_minutes numeric)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if bucket not in ('all', 'hour', 'day', 'week_hour') or keyed_by not in ('all', 'queue', 'carrier', 'gateway', 'domain') then
        raise exception 'no inbound calls by % and %', bucket, keyed_by;
    end if;
    return query
    select
        s.at, s.key,
        -- include rules/inbound_ratios
    from (
        select
            -- include rules/bucket
            case keyed_by
                when 'queue' then m.queue
                when 'carrier' then m.carrier
                when 'gateway' then m.gateway
                when 'domain' then m.domain
            end as key,
            -- include rules/inbound_sums
        from cdr.stat_parts(period_from, period_to, bucket in ('hour', 'week_hour')) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        where m.unit = 'call' and m.direction = 'inbound' and
                -- include rules/measure_only
        group by 1, 2
    ) s;
end
$$;

comment on function cdr.inbound_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) is
    'Inbound calls of the hours that begin in [from, to): answered by a person or the flow, abandoned, service level, wait; by hour, day or hour of the week, and by queue, carrier, gateway or domain.';

revoke all on function cdr.inbound_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) from public;
grant execute on function cdr.inbound_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) to cdretl_loader, cdretl_dashboard;

-- name: changed_between
-- What reading the evidence changed, question by question: so that machines that were found
-- do not read as people who were reached.  The naive reader goes by the hang-up cause alone;
-- every answer is a person to him.  Where his reading is not known nothing is counted.
create function cdr.changed_between(period_from timestamptz, period_to timestamptz, counted_unit text)
    returns table (question text, naive numeric, now_low numeric, now_high numeric, of_n numeric, agreed numeric,
        gained numeric, lost numeric)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    return query
    with counted as materialized (
        select v.is_answered as says_answered, v.is_answered and not v.is_machine as says_person, v.is_machine as says_machine,
            v.delivered = 'yes' as says_delivered, v.is_undetermined as says_undetermined,
            sum(m.n) as n, sum(m.answered) as answered, sum(m.seizures) as seizures, sum(m.ner_seizures) as ner_seizures,
            sum(m.unanswered) as unanswered, sum(m.persons) as persons, sum(m.persons_high) as persons_high,
            sum(m.machines) as machines, sum(m.machines_high) as machines_high,
            sum(m.delivered_low) as delivered_low, sum(m.delivered_high) as delivered_high,
            sum(m.undetermined) as undetermined
        from cdr.stat_parts(period_from, period_to) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        join cdr.category v on v.category = m.naive_category
        where m.unit = counted_unit
        group by 1, 2, 3, 4, 5
    )
    select q.question,
        sum(case when q.says then c.n else 0 end), sum(q.low), sum(q.high), sum(q.of_n),
        sum(case when q.says then q.low else 0 end),
        sum(case when q.says then 0 else q.low end),
        sum(case when q.says then c.n - q.low else 0 end)
    from counted c
    cross join lateral (values
        (1, 'answered', c.says_answered, c.answered, c.answered, c.seizures),
        (2, 'person', c.says_person, c.persons, c.persons_high, c.seizures),
        (3, 'machine', c.says_machine, c.machines, c.machines_high, c.seizures),
        (4, 'delivered', c.says_delivered, c.delivered_low, c.delivered_high, c.ner_seizures),
        (5, 'undetermined', c.says_undetermined, c.undetermined, c.undetermined, c.unanswered)
    ) q (place, question, says, low, high, of_n)
    group by q.place, q.question
    order by q.place;
end
$$;

comment on function cdr.changed_between(timestamptz, timestamptz, text) is
    'What reading the evidence changed over [from, to), a row a question (answered, person, machine, delivered, undetermined): yes to the hang-up cause alone, yes by evidence at least and at most, of how many; on how many both agree, what only the evidence found and what only the cause says.';

revoke all on function cdr.changed_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.changed_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;

-- name: compared_between
-- The figures of a period beside those of the period of equal length just before it, and
-- beside its habit: the same weekdays of the four weeks before, or of four such periods where
-- it is longer than a week.  By the local clock, so that a day of 23 hours is compared with a
-- day; only with what is wholly known.  Where the 95 % intervals overlap the difference may be
-- chance: Wilson's of a ratio, of a count n its own n and 1.96 times its root about.
create function cdr.compared_between(period_from timestamptz, period_to timestamptz)
    returns table (measure text, unit text, value numeric, n numeric, ci_low numeric, ci_high numeric,
        before numeric, before_n numeric, before_ci_low numeric, before_ci_high numeric, against_before text,
        habit numeric, habit_n numeric, habit_ci_low numeric, habit_ci_high numeric, against_habit text, habit_periods bigint)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
    known_from timestamptz := (select date_trunc('day', min(s.hour), zone) from cdr.stat_hour s);
    known_to timestamptz := (select date_trunc('day', max(s.hour), zone) + interval '1 day' from cdr.stat_hour s);
    first_at timestamp := greatest(period_from, known_from) at time zone zone;
    end_at timestamp := least(period_to, known_to) at time zone zone;
    -- Whole weeks, at least as long as the period.
    step interval := ceil(extract(epoch from end_at - first_at) / 604800) * interval '7 days';
begin
    return query
    with windows as (
        select w.kind, w.starts_at, w.ends_at
        from (
            select 'now' as kind, first_at at time zone zone as starts_at, end_at at time zone zone as ends_at
            union all
            select 'before', (first_at - (end_at - first_at)) at time zone zone, first_at at time zone zone
            union all
            select 'habit', (first_at - k * step) at time zone zone, (end_at - k * step) at time zone zone
            from generate_series(1, 4) k
        ) w
        where w.kind = 'now' or w.starts_at >= known_from
    ), sums as (
        select w.kind, count(*) as periods, sum(s.n) as n, sum(s.seizures) as seizures, sum(s.answered) as answered,
            sum(s.persons) as persons, sum(s.machines) as machines, sum(s.delivered_low) as delivered_low,
            sum(s.ner_seizures) as ner_seizures, sum(s.undetermined) as undetermined, sum(s.unanswered) as unanswered,
            sum(s.bill_seconds) as bill_seconds, sum(s.inbound) as inbound, sum(s.by_person) as by_person,
            sum(s.abandoned) as abandoned, sum(s.served_in_time) as served_in_time, sum(s.served_n) as served_n
        from windows w
        cross join lateral (
            select
                coalesce(sum(m.n) filter (where m.unit = 'attempt'), 0) as n,
                coalesce(sum(m.seizures) filter (where m.unit = 'attempt'), 0) as seizures,
                coalesce(sum(m.answered) filter (where m.unit = 'attempt'), 0) as answered,
                coalesce(sum(m.persons) filter (where m.unit = 'attempt'), 0) as persons,
                coalesce(sum(m.machines) filter (where m.unit = 'attempt'), 0) as machines,
                coalesce(sum(m.delivered_low) filter (where m.unit = 'attempt'), 0) as delivered_low,
                coalesce(sum(m.ner_seizures) filter (where m.unit = 'attempt'), 0) as ner_seizures,
                coalesce(sum(m.undetermined) filter (where m.unit = 'attempt'), 0) as undetermined,
                coalesce(sum(m.unanswered) filter (where m.unit = 'attempt'), 0) as unanswered,
                coalesce(sum(m.bill_seconds) filter (where m.unit = 'attempt'), 0) as bill_seconds,
                coalesce(sum(m.n) filter (where m.unit = 'call' and m.direction = 'inbound'), 0) as inbound,
                coalesce(sum(m.by_agent) filter (where m.unit = 'call' and m.direction = 'inbound'), 0) as by_person,
                coalesce(sum(case when m.queue is null then m.cancelled else m.n - m.by_agent end)
                    filter (where m.unit = 'call' and m.direction = 'inbound'), 0) as abandoned,
                coalesce(sum(m.served_in_time) filter (where m.unit = 'call' and m.direction = 'inbound'), 0) as served_in_time,
                coalesce(sum(m.wait_n - m.left_soon) filter (where m.unit = 'call' and m.direction = 'inbound'), 0) as served_n
            from cdr.stat_parts(w.starts_at, w.ends_at) g
            cross join lateral (
                -- include rules/measures_of_part
            ) m
        ) s
        group by w.kind
    ), measured as (
        select s.kind, s.periods, q.place, q.measure, q.unit,
            case q.unit when 'percent' then cdr.percent(q.part, q.whole) else round(q.part / s.periods, 1) end as value,
            q.whole as n,
            case q.unit when 'percent' then cdr.wilson_low(q.part, q.whole)
                when 'count' then round((q.part - 1.96 * sqrt(q.part)) / s.periods, 1) end as ci_low,
            case q.unit when 'percent' then cdr.wilson_high(q.part, q.whole)
                when 'count' then round((q.part + 1.96 * sqrt(q.part)) / s.periods, 1) end as ci_high
        from sums s
        cross join lateral (values
            (1, 'attempts', 'count', s.n, null::numeric),
            (2, 'asr', 'percent', s.answered, s.seizures),
            (3, 'person_low', 'percent', s.persons, s.seizures),
            (4, 'machine_low', 'percent', s.machines, s.seizures),
            (5, 'ner_low', 'percent', s.delivered_low, s.ner_seizures),
            (6, 'ambiguity', 'percent', s.undetermined, s.unanswered),
            (7, 'minutes', 'minutes', s.bill_seconds / 60.0, null),
            (8, 'inbound', 'count', s.inbound, null),
            (9, 'inbound_person', 'percent', s.by_person, s.inbound),
            (10, 'inbound_abandon', 'percent', s.abandoned, s.inbound),
            (11, 'service_level', 'percent', s.served_in_time, s.served_n)
        ) q (place, measure, unit, part, whole)
    )
    select o.measure, o.unit, o.value, o.n, o.ci_low, o.ci_high,
        b.value, b.n, b.ci_low, b.ci_high,
        case
            when o.value is null or b.value is null or o.ci_low is null then 'not known'
            when o.ci_low > b.ci_high then 'up'
            when o.ci_high < b.ci_low then 'down'
            else 'may be chance'
        end,
        h.value, h.n, h.ci_low, h.ci_high,
        case
            when o.value is null or h.value is null or o.ci_low is null then 'not known'
            when o.ci_low > h.ci_high then 'up'
            when o.ci_high < h.ci_low then 'down'
            else 'may be chance'
        end,
        coalesce(h.periods, 0)
    from measured o
    left join measured b on b.kind = 'before' and b.place = o.place
    left join measured h on h.kind = 'habit' and h.place = o.place
    where o.kind = 'now'
    order by o.place;
end
$$;

comment on function cdr.compared_between(timestamptz, timestamptz) is
    'The headline figures of [from, to) beside the period of equal length before and the same weekdays of the four weeks before, with intervals: up, down, may be chance, not known. Named as in cdr.kpi_definition; attempts and inbound are counts, a habit''s per period.';

revoke all on function cdr.compared_between(timestamptz, timestamptz) from public;
grant execute on function cdr.compared_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
