-- What deserves a look, and what alerts ask.

-- name: signal_new_pair
create view cdr.signal_new_pair as
select
    f.carrier, f.provider, f.hangup_cause, f.sip_code, f.disposition, f.first_at, f.last_at, f.n, f.carrier_first_at
from cdr.code_pair f
where f.first_at >= f.carrier_first_at
    + (select value::integer from cdr.setting where setting = 'new_pair_days') * interval '1 day';

comment on view cdr.signal_new_pair is 'Combinations that a carrier began to send after cdr.setting new_pair_days: a rule may be missing.';

grant select on cdr.signal_new_pair to cdretl_loader, cdretl_dashboard;

-- name: signal_missing_hour
-- The weeks around are those before and behind, by the local clock, as far as anything is
-- known: an hour that is closed every Sunday is not missing.
create view cdr.signal_missing_hour as
select h.hour, w.weeks, round(w.n / w.weeks, 1) as expected
from (select min(hour) as first_hour, max(hour) as last_hour from cdr.stat_hour) known
cross join lateral generate_series(known.first_hour, known.last_hour, interval '1 hour') h(hour)
cross join (select value as zone from cdr.setting where setting = 'zone') z
cross join lateral (
    select count(*) as weeks, coalesce(sum(c.n), 0) as n
    from generate_series(-4, 4) k
    cross join lateral (select ((h.hour at time zone z.zone) + k * interval '7 days') at time zone z.zone as hour) o
    cross join lateral (
        select coalesce(sum(s.n), 0) as n from cdr.stat_hour s where s.hour = o.hour and s.unit = 'call'
    ) c
    where k <> 0 and o.hour between known.first_hour and known.last_hour
) w
where not exists (select 1 from cdr.stat_hour s where s.hour = h.hour and s.unit = 'call')
    and w.weeks > 0
    and w.n / w.weeks >= (select value::numeric from cdr.setting where setting = 'missing_hour_calls');

comment on view cdr.signal_missing_hour is 'Hours without calls where the weeks around have some: an export is missing.';

grant select on cdr.signal_missing_hour to cdretl_loader, cdretl_dashboard;

-- name: day_habit
create view cdr.day_habit as
select h.day, h.starts_at, h.ends_at, h.n, h.weeks, h.expected, h.percent
from cdr.day_habit_between('-infinity', 'infinity') h;

comment on view cdr.day_habit is 'Calls of a day beside those of the same weekday in the four weeks before and behind.';

grant select on cdr.day_habit to cdretl_loader, cdretl_dashboard;

-- name: signal_odd_day
-- Both kinds of days in one look at them.
create view cdr.signal_odd_day as
select h.signal, h.day, h.starts_at, h.ends_at, h.n, h.weeks, h.expected, h.percent
from cdr.day_habit_between('-infinity', 'infinity') h
where h.signal is not null;

comment on view cdr.signal_odd_day is 'cdr.signal_thin_day and cdr.signal_thick_day together: which of them a day is.';

grant select on cdr.signal_odd_day to cdretl_loader, cdretl_dashboard;

-- name: signal_thin_day
create view cdr.signal_thin_day as
select d.day, d.starts_at, d.ends_at, d.n, d.weeks, d.expected, d.percent
from cdr.signal_odd_day d
where d.signal = 'thin_day';

comment on view cdr.signal_thin_day is 'Days with far fewer calls than the same weekday around: an export is cut.';

grant select on cdr.signal_thin_day to cdretl_loader, cdretl_dashboard;

-- name: signal_thick_day
create view cdr.signal_thick_day as
select d.day, d.starts_at, d.ends_at, d.n, d.weeks, d.expected, d.percent
from cdr.signal_odd_day d
where d.signal = 'thick_day';

comment on view cdr.signal_thick_day is 'Days with far more calls than the same weekday around: something was exported twice, or happened.';

grant select on cdr.signal_thick_day to cdretl_loader, cdretl_dashboard;

-- name: signal_empty_file
create view cdr.signal_empty_file as
select f.file_id, f.run_id, cdr.name_shown(f.name) as name, f.loaded_at, f.headers, f.profile
from cdr.file f
where f.verdict = 'loaded' and f.records = 0;

comment on view cdr.signal_empty_file is 'Files that held captions and no records.';

grant select on cdr.signal_empty_file to cdretl_loader, cdretl_dashboard;

-- name: signal_ambiguity
create view cdr.signal_ambiguity as
select * from cdr.ambiguity_between('-infinity', 'infinity');

comment on view cdr.signal_ambiguity is 'Days on which a carrier''s share of undetermined outcomes rose clearly above that of the same weekday before.';

grant select on cdr.signal_ambiguity to cdretl_loader, cdretl_dashboard;

-- name: signal_incident
create view cdr.signal_incident as
select * from cdr.incidents_between('-infinity', 'infinity');

comment on view cdr.signal_incident is 'Hours in which a carrier''s network failed far more often than it does.';

grant select on cdr.signal_incident to cdretl_loader, cdretl_dashboard;

-- name: signal
create view cdr.signal as
select * from cdr.signals_between('-infinity', 'infinity');

comment on view cdr.signal is 'All signals: which, when, who, and a sentence.';

grant select on cdr.signal to cdretl_loader, cdretl_dashboard;

-- name: alarms
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

-- name: attention
-- Why somebody should look now, and what to do: what `cdretl status` and `cdretl doctor` say,
-- and Grafana's board and Prometheus' metrics count.  No row when all is well.
--
-- run_hours: how old the last good run may be; data_hours: how old the newest leg may be,
-- null for a day and a half and the longest pause without calls of the last five weeks.
create function cdr.attention(run_hours numeric default 26, data_hours numeric default null)
    returns table (place integer, reason text, about text, remedy text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    shown_zone constant text := (select value from cdr.setting where setting = 'zone');
begin
    return query
    with health as (
        select h.*, coalesce(data_hours * interval '1 hour', h.data_max_age) as max_age
        from cdr.health h
    ), ended as (
        select distinct on (r.kind in ('purge', 'forget')) r.*
        from cdr.run r
        where r.finished_at is not null and r.exit_code is not null and r.kind <> 'forget'
        order by r.kind in ('purge', 'forget'), r.run_id desc
    ), open as (
        select r.*,
            r.finished_at is null and
                -- include rules/run_alive
            as is_alive
        from cdr.run r
        where r.exit_code is null
            and not exists (
                select 1 from cdr.run l
                where l.run_id > r.run_id and l.exit_code in (0, 1)
                    and (l.kind = r.kind or l.kind = 'load' and r.kind = 'replay'))
    )
    select 1, 'no_run', 'no run has ever done its work',
        'put an export into incoming/ and: systemctl start cdretl-load; or: cdretl load FILE'
    from health h
    where h.last_success_at is null
    union all
    select 2, 'stale', 'the last good run ended ' || round(extract(epoch from now() - h.last_success_at)::numeric / 3600)
            || ' hours ago, ' || to_char(h.last_success_at at time zone shown_zone, 'YYYY-MM-DD HH24:MI'),
        'does the job still start? systemctl list-timers cdretl-load; journalctl -u cdretl-load'
    from health h
    where h.last_success_at < now() - run_hours * interval '1 hour'
    union all
    select 3, 'old_data', 'the newest leg is ' || round(extract(epoch from now() - h.newest_leg_at)::numeric / 3600)
            || ' hours old, of ' || to_char(h.newest_leg_at at time zone shown_zone, 'YYYY-MM-DD HH24:MI')
            || '; more than ' || round(extract(epoch from h.max_age)::numeric / 3600) || ' are not usual',
        'runs bring nothing new: ask whoever exports; if that is known: --max-data-age HOURS'
    from health h
    where h.newest_leg_at < now() - h.max_age
    union all
    select 4, 'last_run_failed', format('the last %s ended with exit code %s, %s', case e.kind when 'purge' then 'purge' else 'run' end,
            e.exit_code, to_char(e.finished_at at time zone shown_zone, 'YYYY-MM-DD HH24:MI')),
        case e.exit_code
            when 3 then 'an export was refused: see failed/ of the spool, and the files below'
            when 4 then '`cdretl rules lint` and `cdretl rules test` say what is wrong'
            when 5 then 'is the database up? `cdretl doctor`; then load again'
            when 6 then '`cdretl check FILE` says which records are rejected; or raise --max-rejects'
            when 7 then 'two writers meet: the error names who held the lock; give --wait'
            else 'look at what it said: journalctl -u cdretl-load'
        end
    from ended e
    where e.exit_code > 1
    union all
    select 5, 'run_killed', format('run %s (%s) of %s was killed', o.run_id, o.kind,
            to_char(o.started_at at time zone shown_zone, 'YYYY-MM-DD HH24:MI')),
        case
            when o.kind in ('load', 'replay') then 'it left nothing half done: load again, files that it finished are known'
            else 'it left nothing half done: the same command goes on where it ended'
        end
    from open o
    where not o.is_alive
    union all
    select 6, 'run_long', format('run %s (%s) goes on since %s', o.run_id, o.kind,
            to_char(o.started_at at time zone shown_zone, 'YYYY-MM-DD HH24:MI')),
        format('what does it wait for? psql -c ''select * from pg_stat_activity where pid = %s''', o.backend_pid)
    from open o
    where o.is_alive and o.started_at < now() - interval '1 day'
    union all
    select 7, 'file_refused', format('%s was %s on %s: %s', f.name, replace(f.verdict, '_', ' '),
            to_char(f.refused_at at time zone shown_zone, 'YYYY-MM-DD HH24:MI'), f.reason),
        'mend it, or have it exported again, and load it; it is said until it is loaded, for '
            || cdr.setting_number('refused_days') || ' days'
    from cdr.refused_file f
    order by 1, 3;
end
$$;

comment on function cdr.attention(numeric, numeric) is
    'Why somebody should look now, with what to do; no row when all is well. Hours that the last good run and the newest leg may be old.';

revoke all on function cdr.attention(numeric, numeric) from public;
grant execute on function cdr.attention(numeric, numeric) to cdretl_loader, cdretl_dashboard;
