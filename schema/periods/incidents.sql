-- What stands out in a period: rules, incidents, signals.

-- name: rules_between
-- Which rules decided legs of a period, by carrier.  What decided then counts, whatever the
-- mapping files say by now.
create function cdr.rules_between(period_from timestamptz, period_to timestamptz)
    returns table (rule_id text, provider text, legs bigint, certain bigint, ambiguous bigint)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    return query
    select l.rule_id, l.provider, count(*),
        count(*) filter (where l.confidence = 'certain'),
        count(*) filter (where l.confidence = 'ambiguous')
    from cdr.leg l
    where l.started_at >= period_from and l.started_at < period_to
    group by l.rule_id, l.provider;
end
$$;

comment on function cdr.rules_between(timestamptz, timestamptz) is
    'Legs that start in [from, to) by the rule that decided them and by carrier: all, the certain, the ambiguous. Reads legs.';

revoke all on function cdr.rules_between(timestamptz, timestamptz) from public;
grant execute on function cdr.rules_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: day_habit_between
-- A day beside the same weekdays around it.  Each day's calls are counted once: a year looks
-- at the same day eight times.  The last day is left out: it may not be over yet.
create function cdr.day_habit_between(period_from timestamptz, period_to timestamptz)
    returns table (day date, starts_at timestamptz, ends_at timestamptz, n numeric, weeks bigint, expected numeric, percent numeric,
        signal text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    last_hour constant timestamptz := (select max(s.hour) from cdr.stat_hour s);
begin
    return query
    with daily as materialized (
        select g.day, g.starts_at, g.ends_at, own.n
        from cdr.day g
        cross join lateral (
            -- include rules/calls_of_part
        ) own
        where g.ends_at <= last_hour
            and g.starts_at >= period_from - interval '29 days' and g.starts_at < period_to + interval '29 days'
    ), around as (
        select b.day + k * 7 as day, count(*) as weeks, sum(b.n) as n
        from daily b
        cross join generate_series(-4, 4) k
        where k <> 0
        group by 1
    )
    select t.day, t.starts_at, t.ends_at, t.n, a.weeks, round(a.n / a.weeks, 1), p.percent,
        case
            when p.percent < (select s.value::numeric from cdr.setting s where s.setting = 'thin_day_percent') then 'thin_day'
            when p.percent > (select s.value::numeric from cdr.setting s where s.setting = 'thick_day_percent') then 'thick_day'
        end
    from daily t
    join around a on a.day = t.day
    cross join lateral (select cdr.percent(t.n, a.n / a.weeks) as percent) p
    where t.starts_at >= period_from and t.starts_at < period_to
        and a.n / a.weeks >= (select s.value::numeric from cdr.setting s where s.setting = 'enough_calls');
end
$$;

comment on function cdr.day_habit_between(timestamptz, timestamptz) is
    'cdr.day_habit for the days that begin in [from, to), and which signal a day is: thin_day, thick_day, null.';

revoke all on function cdr.day_habit_between(timestamptz, timestamptz) from public;
grant execute on function cdr.day_habit_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: ambiguity_between
-- A day against the same weekday of the four weeks before; rising when the two Wilson
-- intervals do not even touch.  A function, since a view would look four weeks back anew
-- for every day.  An hour is a day's by its date, unless it lies before that day begins: where
-- clocks go back to 0:00, the first such hour is the day's before.
create function cdr.ambiguity_between(period_from timestamptz, period_to timestamptz)
    returns table (day date, starts_at timestamptz, ends_at timestamptz, carrier text, undetermined numeric, unanswered numeric,
        ambiguity numeric, ambiguity_before numeric, unanswered_before numeric)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone constant text := (select s.value from cdr.setting s where s.setting = 'zone');
begin
    return query
    with days as materialized (
        select g.day, g.starts_at, g.ends_at
        from cdr.day g
        where g.starts_at >= period_from - interval '29 days' and g.starts_at < period_to
    ), parts as materialized (
        select m.hour, m.carrier, sum(m.undetermined) as undetermined, sum(m.unanswered) as unanswered
        from (select min(d.starts_at) as starts_at, max(d.ends_at) as ends_at from days d) p
        cross join lateral cdr.stat_parts(p.starts_at, p.ends_at) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        where m.unit = 'attempt'
        group by m.hour, m.carrier
    ), daily as materialized (
        select d.day, d.starts_at, d.ends_at, x.carrier, sum(x.undetermined) as undetermined, sum(x.unanswered) as unanswered
        from (
            select p.*, (p.hour at time zone zone)::date as date
            from parts p
        ) x
        join days d on d.day = case when x.hour < x.date::timestamp at time zone zone then x.date - 1 else x.date end
        group by d.day, d.starts_at, d.ends_at, x.carrier
    ), before as (
        select b.day + k * 7 as day, b.carrier, sum(b.undetermined) as undetermined, sum(b.unanswered) as unanswered
        from daily b
        cross join generate_series(1, 4) k
        group by 1, b.carrier
    )
    select t.day, t.starts_at, t.ends_at, t.carrier, t.undetermined, t.unanswered,
        cdr.percent(t.undetermined, t.unanswered), cdr.percent(b.undetermined, b.unanswered), b.unanswered
    from daily t
    join before b on b.day = t.day and b.carrier = t.carrier
    where t.starts_at >= period_from
        and least(t.unanswered, b.unanswered) >= (select value::numeric from cdr.setting where setting = 'enough_calls')
        and cdr.wilson_low(t.undetermined, t.unanswered) > cdr.wilson_high(b.undetermined, b.unanswered);
end
$$;

comment on function cdr.ambiguity_between(timestamptz, timestamptz) is 'cdr.signal_ambiguity for the days that begin in [from, to).';

revoke all on function cdr.ambiguity_between(timestamptz, timestamptz) from public;
grant execute on function cdr.ambiguity_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: incidents_between
-- Hours in which a carrier's network failed far more often than it does: the interval of
-- their share lies above twice the usual and five points.  The usual is that of the period
-- and two weeks before it; hours in a row are one incident.
create function cdr.incidents_between(period_from timestamptz, period_to timestamptz)
    returns table (carrier text, starts_at timestamptz, ends_at timestamptz, failed numeric, seizures numeric, share numeric,
        otherwise numeric)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with hourly as materialized (
        select x.*
        from cdr.stat_parts(period_from - interval '14 days', period_to, true) g
        cross join lateral (
            select m.hour, m.carrier, sum(m.seizures) as seizures, coalesce(sum(m.unanswered) filter (
                where m.category = any (array(select c.category from cdr.category c where c.outcome_group = 'network'))), 0) as failed
            from cdr.measure_hour m
            where m.unit = 'attempt' and m.hour >= g.starts_at and m.hour < g.ends_at
            group by 1, 2
        ) x
    ), judged as (
        select h.*, h.failed >= (select value::numeric from cdr.setting where setting = 'incident_failures')
            and cdr.wilson_low(h.failed, h.seizures)
                > 2 * cdr.percent(sum(h.failed) over (partition by h.carrier), sum(h.seizures) over (partition by h.carrier)) + 5
            as is_bad
        from hourly h
    ), bad as (
        select b.*, b.hour - row_number() over (partition by b.carrier order by b.hour) * interval '1 hour' as island
        from judged b
        where b.is_bad
    ), usual as (
        select g.carrier, cdr.percent(sum(g.failed), sum(g.seizures)) as share
        from judged g
        where g.is_bad is not true
        group by g.carrier
    )
    select b.carrier, min(b.hour), max(b.hour) + interval '1 hour', sum(b.failed), sum(b.seizures),
        cdr.percent(sum(b.failed), sum(b.seizures)), min(u.share)
    from bad b
    left join usual u on u.carrier = b.carrier
    group by b.carrier, b.island
    having min(b.hour) >= period_from;
end
$$;

comment on function cdr.incidents_between(timestamptz, timestamptz) is 'cdr.signal_incident for incidents that begin in [from, to).';

revoke all on function cdr.incidents_between(timestamptz, timestamptz) from public;
grant execute on function cdr.incidents_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;

-- name: signals_between
-- One query each: on Citus a view that stands beside what is copied to every node is read with
-- the rights of who asks, and readers have none to cdr.file.
create function cdr.signals_between(period_from timestamptz, period_to timestamptz)
    returns table (signal text, at timestamptz, carrier text, about text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select 'new_pair', first_at, carrier,
        concat_ws(' ', coalesce(hangup_cause, 'no cause'), coalesce(sip_code::text, 'no code'),
            coalesce(disposition, 'no disposition')) || ' is new: ' || n || ' so far'
    from cdr.signal_new_pair
    where first_at >= period_from and first_at < period_to;
    return query
    select 'incident', starts_at, carrier, failed || ' of ' || seizures || ' attempts failed in the network, ' || share
        || ' %, for ' || round(extract(epoch from ends_at - starts_at)::numeric / 3600) || ' h; otherwise '
        || coalesce(otherwise::text, '?') || ' %'
    from cdr.incidents_between(period_from, period_to);
    return query
    select 'missing_hour', hour, null, 'no calls; usually ' || expected
    from cdr.signal_missing_hour
    where hour >= period_from and hour < period_to;
    return query
    select d.signal, d.starts_at, null::text, d.day || ': ' || d.n || ' calls; usually ' || d.expected
    from cdr.day_habit_between(period_from, period_to) d
    where d.signal is not null;
    return query
    select 'empty_file', loaded_at, null, name || ' has a caption line and no records'
    from cdr.signal_empty_file
    where loaded_at >= period_from and loaded_at < period_to;
    return query
    select 'ambiguity', starts_at, carrier,
        day || ': ' || ambiguity || ' % of unanswered attempts are undetermined; ' || ambiguity_before || ' % before'
    from cdr.ambiguity_between(period_from, period_to);
end
$$;

comment on function cdr.signals_between(timestamptz, timestamptz) is 'cdr.signal for [from, to): what a dashboard asks.';

revoke all on function cdr.signals_between(timestamptz, timestamptz) from public;
grant execute on function cdr.signals_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
