-- Signals: what somebody should look at.  One view each, and cdr.signal for all.
--
-- They compare a carrier or a day with its own past, say both figures and leave
-- the judgement to people.  Thresholds stand in cdr.setting and work at once.
-- A filter on the time reaches the statistics as a range of hours, so a month's
-- signals never cost a year's reading.

set local role cdretl_owner;

insert into cdr.setting (setting, value, meaning) values
    ('missing_hour_calls', '8', 'An hour without calls is missing when the same hour of the weeks around has at least so many on average. Works at once.'),
    ('thin_day_percent', '50', 'A day is thin below so many percent of the same weekday in the weeks around. Works at once.'),
    ('incident_failures', '5', 'An hour of a carrier is an incident only with at least so many network failures. Works at once.'),
    ('new_pair_days', '7', 'A carrier''s combination of cause, code and disposition is new when it is first seen so many days after the carrier itself. Works at once.');

-- First and last hour of every combination that a carrier ever sent.  An export
-- with more columns is no news about a carrier: it is compared with its like only.
create view cdr.code_pair as
select
    coalesce(p.name, s.provider, s.gateway, '(none)') as carrier,
    s.provider, s.hangup_cause, s.sip_code, s.disposition,
    min(s.first_at) as first_at,
    max(s.last_at) as last_at,
    sum(s.n) as n,
    min(min(s.first_at)) over (partition by coalesce(p.name, s.provider, s.gateway, '(none)'), s.provider,
        s.hangup_cause is null, s.sip_code is null, s.disposition is null) as carrier_first_at
from (
    select provider, gateway, hangup_cause, sip_code, disposition, min(hour) as first_at, max(hour) as last_at, sum(n) as n
    from cdr.stat_hour
    where unit = 'attempt'
    group by provider, gateway, hangup_cause, sip_code, disposition
) s
left join cdr.provider p on p.provider = s.provider
group by 1, s.provider, s.hangup_cause, s.sip_code, s.disposition;

create view cdr.signal_new_pair as
select
    f.carrier, f.provider, f.hangup_cause, f.sip_code, f.disposition, f.first_at, f.last_at, f.n, f.carrier_first_at
from cdr.code_pair f
where f.first_at >= f.carrier_first_at
    + (select value::integer from cdr.setting where setting = 'new_pair_days') * interval '1 day';

-- The weeks around are those before and behind, by the local clock, as far as
-- anything is known: an hour that is closed every Sunday is not missing.
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
where not exists (select from cdr.stat_hour s where s.hour = h.hour and s.unit = 'call')
    and w.weeks > 0
    and w.n / w.weeks >= (select value::numeric from cdr.setting where setting = 'missing_hour_calls');

-- The last day is left out: it may not be over yet.
create view cdr.signal_thin_day as
select
    d.day, d.starts_at, d.ends_at, own.n, w.weeks, round(w.n / w.weeks, 1) as expected,
    cdr.percent(own.n, w.n / w.weeks) as percent
from (select min(hour) as first_hour, max(hour) as last_hour from cdr.stat_hour) known
join cdr.day d on d.ends_at <= known.last_hour
cross join (select value as zone from cdr.setting where setting = 'zone') z
cross join lateral (
    select coalesce(sum(s.n), 0) as n
    from cdr.stat_hour s
    where s.hour >= d.starts_at and s.hour < d.ends_at and s.unit = 'call'
) own
cross join lateral (
    select count(*) as weeks, sum(c.n) as n
    from generate_series(-4, 4) k
    cross join lateral (
        select (d.day + k * 7)::timestamp at time zone z.zone as starts_at,
            (d.day + k * 7 + 1)::timestamp at time zone z.zone as ends_at
    ) o
    cross join lateral (
        select coalesce(sum(s.n), 0) as n
        from cdr.stat_hour s
        where s.hour >= o.starts_at and s.hour < o.ends_at and s.unit = 'call'
    ) c
    where k <> 0 and o.ends_at > known.first_hour and o.ends_at <= known.last_hour
) w
where w.weeks > 0
    and w.n / w.weeks >= (select value::numeric from cdr.setting where setting = 'enough_calls')
    and own.n < w.n / w.weeks * (select value::numeric from cdr.setting where setting = 'thin_day_percent') / 100;

create view cdr.signal_empty_file as
select f.file_id, f.run_id, f.name, f.loaded_at, f.headers, f.profile
from cdr.file f
where f.verdict = 'loaded' and f.records = 0;

-- A day against the same weekday of the four weeks before; rising when the two
-- Wilson intervals do not even touch.  A function, since a view would look four
-- weeks back anew for every day.
create function cdr.ambiguity_between(period_from timestamptz, period_to timestamptz)
    returns table (day date, starts_at timestamptz, ends_at timestamptz, carrier text, undetermined numeric, unanswered numeric,
        ambiguity numeric, ambiguity_before numeric, unanswered_before numeric)
    language sql
    stable
as $$
    with daily as materialized (
        select d.day, d.starts_at, d.ends_at, s.*
        from cdr.day d
        cross join lateral (
            select m.carrier, sum(m.undetermined) as undetermined, sum(m.unanswered) as unanswered
            from cdr.measure_hour m
            where m.hour >= d.starts_at and m.hour < d.ends_at and m.unit = 'attempt'
            group by m.carrier
        ) s
        where d.starts_at >= period_from - interval '29 days' and d.starts_at < period_to
    ), before as (
        select t.day, t.carrier, sum(b.undetermined) as undetermined, sum(b.unanswered) as unanswered
        from daily t
        join daily b on b.carrier = t.carrier and b.day in (t.day - 7, t.day - 14, t.day - 21, t.day - 28)
        group by t.day, t.carrier
    )
    select t.day, t.starts_at, t.ends_at, t.carrier, t.undetermined, t.unanswered,
        cdr.percent(t.undetermined, t.unanswered), cdr.percent(b.undetermined, b.unanswered), b.unanswered
    from daily t
    join before b on b.day = t.day and b.carrier = t.carrier
    where t.starts_at >= period_from
        and least(t.unanswered, b.unanswered) >= (select value::numeric from cdr.setting where setting = 'enough_calls')
        and cdr.wilson_low(t.undetermined, t.unanswered) > cdr.wilson_high(b.undetermined, b.unanswered)
$$;

create view cdr.signal_ambiguity as
select * from cdr.ambiguity_between('-infinity', 'infinity');

-- Hours in which a carrier's network failed far more often than it does: the
-- interval of their share lies above twice the usual and five points.  The usual is
-- that of the period and two weeks before it; hours in a row are one incident.
create function cdr.incidents_between(period_from timestamptz, period_to timestamptz)
    returns table (carrier text, starts_at timestamptz, ends_at timestamptz, failed numeric, seizures numeric, share numeric,
        otherwise numeric)
    language sql
    stable
as $$
    with hourly as materialized (
        select m.hour, m.carrier, sum(m.seizures) as seizures,
            coalesce(sum(m.unanswered) filter (where c.outcome_group = 'network'), 0) as failed
        from cdr.measure_hour m
        join cdr.category c on c.category = m.category
        where m.unit = 'attempt' and m.hour >= period_from - interval '14 days' and m.hour < period_to
        group by 1, 2
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
    having min(b.hour) >= period_from
$$;

create view cdr.signal_incident as
select * from cdr.incidents_between('-infinity', 'infinity');

create function cdr.signals_between(period_from timestamptz, period_to timestamptz)
    returns table (signal text, at timestamptz, carrier text, about text)
    language sql
    stable
as $$
    select 'new_pair', first_at, carrier,
        concat_ws(' ', coalesce(hangup_cause, 'no cause'), coalesce(sip_code::text, 'no code'),
            coalesce(disposition, 'no disposition')) || ' is new: ' || n || ' so far'
    from cdr.signal_new_pair
    where first_at >= period_from and first_at < period_to
    union all
    select 'incident', starts_at, carrier, failed || ' of ' || seizures || ' attempts failed in the network, ' || share
        || ' %, for ' || round(extract(epoch from ends_at - starts_at)::numeric / 3600) || ' h; otherwise '
        || coalesce(otherwise::text, '?') || ' %'
    from cdr.incidents_between(period_from, period_to)
    union all
    select 'missing_hour', hour, null, 'no calls; usually ' || expected
    from cdr.signal_missing_hour
    where hour >= period_from and hour < period_to
    union all
    select 'thin_day', starts_at, null, day || ': ' || n || ' calls; usually ' || expected
    from cdr.signal_thin_day
    where starts_at >= period_from and starts_at < period_to
    union all
    select 'empty_file', loaded_at, null, name || ' has a caption line and no records'
    from cdr.signal_empty_file
    where loaded_at >= period_from and loaded_at < period_to
    union all
    select 'ambiguity', starts_at, carrier,
        day || ': ' || ambiguity || ' % of unanswered attempts are undetermined; ' || ambiguity_before || ' % before'
    from cdr.ambiguity_between(period_from, period_to)
$$;

create view cdr.signal as
select * from cdr.signals_between('-infinity', 'infinity');

comment on function cdr.ambiguity_between(timestamptz, timestamptz) is 'cdr.signal_ambiguity for the days that begin in [from, to).';
comment on function cdr.incidents_between(timestamptz, timestamptz) is 'cdr.signal_incident for incidents that begin in [from, to).';
comment on function cdr.signals_between(timestamptz, timestamptz) is 'cdr.signal for [from, to): what a dashboard asks.';

-- Freshness and what a load left behind; one row.
create view cdr.health as
select
    (select max(hour) from cdr.stat_hour) as last_hour,
    (select max(finished_at) from cdr.run) as last_run_at,
    (select max(finished_at) from cdr.run where exit_code in (0, 1)) as last_success_at,
    (select count(*) from cdr.run where finished_at is null) as unfinished_runs,
    (select count(*) from cdr.reject where closed_at is null) as rejects_open,
    (select count(*) from cdr.file where verdict <> 'loaded') as files_refused,
    (select max(version) from cdr.schema_version) as schema_version,
    (select r.identity from cdr.run u join cdr.ruleset r on r.ruleset_id = u.ruleset_id order by u.run_id desc limit 1) as ruleset;

comment on view cdr.code_pair is 'Combinations of hang-up cause, SIP code and disposition that a carrier ever sent, with first and last hour. Reads all statistics.';
comment on view cdr.signal_new_pair is 'Combinations that a carrier began to send after cdr.setting new_pair_days: a rule may be missing.';
comment on view cdr.signal_missing_hour is 'Hours without calls where the weeks around have some: an export is missing.';
comment on view cdr.signal_thin_day is 'Days with far fewer calls than the same weekday around: an export is cut.';
comment on view cdr.signal_empty_file is 'Files that held captions and no records.';
comment on view cdr.signal_ambiguity is 'Days on which a carrier''s share of undetermined outcomes rose clearly above that of the same weekday before.';
comment on view cdr.signal_incident is 'Hours in which a carrier''s network failed far more often than it does.';
comment on view cdr.signal is 'All signals: which, when, who, and a sentence.';
comment on view cdr.health is 'One row: how fresh the data is and what loads left behind.';

do $$
declare
    c record;
    keys constant jsonb := '{
        "hour": "Beginning of the hour (UTC).", "first_at": "First hour in which it was seen.", "last_at": "Last hour in which it was seen.",
        "carrier_first_at": "First hour in which the carrier is known by an export that tells the same of the three.", "weeks": "Weeks that were compared with.",
        "expected": "Calls there on average.", "percent": "n as percentage of expected.",
        "undetermined": "Unanswered attempts whose evidence leaves several outcomes.", "unanswered": "Unanswered attempts.",
        "ambiguity": "Percent undetermined on the day.", "ambiguity_before": "Percent undetermined on the same weekday of the four weeks before.",
        "unanswered_before": "Unanswered attempts on those days.",
        "signal": "incident, new_pair, missing_hour, thin_day, empty_file or ambiguity.",
        "failed": "Attempts that failed in the network.", "seizures": "Seizures in those hours.", "share": "Percent that failed.",
        "otherwise": "Percent that fail in the other hours.", "at": "When.", "about": "What, as a sentence.",
        "last_hour": "Last hour of which calls are known.", "last_run_at": "When the last run ended.",
        "last_success_at": "When the last run ended that did its work.", "unfinished_runs": "Runs that run now or were killed.",
        "rejects_open": "Records in quarantine.", "files_refused": "Files that were refused or rolled back.",
        "schema_version": "Version of this schema.", "ruleset": "Identity of the rule set used last.",
        "name": "Name of the file.", "loaded_at": "When it was loaded.", "headers": "Caption lines in it.", "profile": "Profile it was read with.",
        "file_id": "Number of the file.", "run_id": "Number of the run.", "n": "Calls or attempts.",
        "carrier": "Carrier for people: its name, else the trunk; null where it is about no carrier."}';
begin
    for c in
        select r.oid, r.relname, a.attname
        from pg_class r join pg_attribute a on a.attrelid = r.oid
        where r.relnamespace = 'cdr'::regnamespace and r.relkind = 'v' and a.attnum > 0
            and col_description(r.oid, a.attnum) is null
    loop
        execute format('comment on column cdr.%I.%I is %L', c.relname, c.attname, coalesce(keys ->> c.attname,
            (select col_description(attrelid, attnum) from pg_attribute
             where attrelid in ('cdr.kpi_day'::regclass, 'cdr.cause_matrix_day'::regclass) and attname = c.attname limit 1)));
    end loop;
end
$$;

grant select on cdr.code_pair, cdr.signal_new_pair, cdr.signal_missing_hour, cdr.signal_thin_day, cdr.signal_empty_file,
    cdr.signal_ambiguity, cdr.signal_incident, cdr.signal, cdr.health to cdretl_loader, cdretl_dashboard;
