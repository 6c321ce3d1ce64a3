-- What a carrier's figures of the last known day alarm of: for alert rules, which ask as often
-- as they like.  Now is the end of the last hour of which calls are known, so that a night's
-- load is judged in the morning, whenever that is.  A row an alarm and carrier, when it rings.
--
-- incident: an hour of the day in which the network failed far more often than it does.
-- asr, failures, ambiguity: the last three hours, or the day, are worse than the week before
-- them by more than chance, on enough_calls of both; of the two the worse is told.
create function cdr.alarms()
    returns table (alarm text, carrier text, value numeric, usual numeric, n numeric, since timestamptz, about text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    known constant timestamptz := (select max(s.hour) + interval '1 hour' from cdr.stat_hour s);
    enough constant numeric := (select s.value::numeric from cdr.setting s where s.setting = 'enough_calls');
    zone constant text := (select s.value from cdr.setting s where s.setting = 'zone');
begin
    return query
    with hourly as materialized (
        select m.hour, m.carrier, sum(m.seizures) as seizures, sum(m.answered) as answered, sum(m.unanswered) as unanswered,
            sum(m.undetermined) as undetermined, sum(m.seizures - m.delivered_high) as failed
        from cdr.measure_hour m
        where m.unit = 'attempt' and m.hour >= known - interval '8 days' and m.hour < known
        group by m.hour, m.carrier
    ), counted as (
        select w.since, h.carrier, x.alarm, x.is_share_bad,
            sum(x.part) filter (where h.hour >= w.since) as part, sum(x.whole) filter (where h.hour >= w.since) as whole,
            sum(x.part) filter (where h.hour < w.since) as part_before, sum(x.whole) filter (where h.hour < w.since) as whole_before
        from hourly h
        cross join (values (known - interval '3 hours'), (known - interval '24 hours')) w(since)
        cross join lateral (values
            ('asr', false, h.answered, h.seizures),
            ('failures', true, h.failed, h.seizures),
            ('ambiguity', true, h.undetermined, h.unanswered)
        ) x(alarm, is_share_bad, part, whole)
        where h.hour >= w.since - interval '7 days'
        group by w.since, h.carrier, x.alarm, x.is_share_bad
    ), rings as (
        select distinct on (c.alarm, c.carrier) c.*,
            cdr.percent(c.part, c.whole) as value, cdr.percent(c.part_before, c.whole_before) as usual
        from counted c
        where c.whole >= enough and c.whole_before >= enough
            and case when c.is_share_bad
                then cdr.wilson_low(c.part, c.whole) > cdr.wilson_high(c.part_before, c.whole_before)
                else cdr.wilson_high(c.part, c.whole) < cdr.wilson_low(c.part_before, c.whole_before) end
        order by c.alarm, c.carrier, abs(cdr.percent(c.part, c.whole) - cdr.percent(c.part_before, c.whole_before)) desc
    )
    select r.alarm, r.carrier, r.value, r.usual, r.whole, r.since,
        case r.alarm when 'asr' then 'answered ' when 'failures' then 'failed in the network ' else 'undetermined ' end
            || r.value || ' % of ' || r.whole || ' since ' || to_char(r.since at time zone zone, 'YYYY-MM-DD HH24:MI')
            || ', ' || r.usual || ' % the week before'
    from rings r
    union all
    select distinct on (i.carrier) 'incident', i.carrier, i.share, i.otherwise, i.seizures, i.starts_at,
        i.failed || ' of ' || i.seizures || ' attempts failed in the network, ' || i.share || ' %, from '
            || to_char(i.starts_at at time zone zone, 'YYYY-MM-DD HH24:MI') || ' to ' || to_char(i.ends_at at time zone zone, 'HH24:MI')
            || '; otherwise ' || coalesce(i.otherwise::text, '?') || ' %'
    from cdr.incidents_between(known - interval '24 hours', known) i
    order by 1, 2;
end
$$;

comment on function cdr.alarms() is
    'Alarms about carriers on the last day of which calls are known, a row each: incident, asr, failures, ambiguity; value and usual are percent.';

revoke all on function cdr.alarms() from public;
grant execute on function cdr.alarms() to cdretl_loader, cdretl_dashboard;
