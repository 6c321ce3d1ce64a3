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
