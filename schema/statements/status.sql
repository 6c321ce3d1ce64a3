-- What `status` asks, in the order in which it is sent.

-- name: facts
-- What `status` tells first: a name and a value, for the eye.
select row.name, row.value
from cdr.health h
cross join cdr.setting z
cross join lateral (
    values
        (1, 'newest leg', to_char(h.newest_leg_at at time zone z.value, 'YYYY-MM-DD HH24:MI:SS')
            || ', ' || greatest(round(extract(epoch from now() - h.newest_leg_at)::numeric / 3600), 0) || ' h ago'),
        (2, 'last run', to_char(h.last_run_at at time zone z.value, 'YYYY-MM-DD HH24:MI')),
        (3, 'last good run', to_char(h.last_success_at at time zone z.value, 'YYYY-MM-DD HH24:MI')),
        (4, 'runs that go on', h.unfinished_runs::text),
        (5, 'rejects open', h.rejects_open::text || ' records'),
        (6, 'files refused', h.files_refused::text || ' and not loaded since'),
        (7, 'schema', h.schema_version::text),
        (8, 'rule set', left(h.ruleset, 12)),
        (9, 'zone', z.value)
) row(place, name, value)
where z.setting = 'zone' and row.value is not null
order by row.place

-- name: runs
-- The last ten runs.
select r.run_id, r.kind,
    to_char(r.started_at at time zone z.value, 'YYYY-MM-DD HH24:MI') as began,
    case when r.exit_code is not null then round(extract(epoch from r.finished_at - r.started_at)::numeric, 1) end as seconds,
    coalesce(r.exit_code::text, case when r.finished_at is null and
            -- include rules/run_alive
        then 'runs' else 'killed' end) as exit_code,
    f.files, f.records, f.rejected
from cdr.setting z
cross join cdr.run r
cross join lateral (
    select count(*) as files, coalesce(sum(records), 0) as records, coalesce(sum(rejected), 0) as rejected
    from cdr.file
    where run_id = r.run_id
) f
where z.setting = 'zone'
order by r.run_id desc
limit 10

-- name: rejects
-- Rejects that are open, by reason.
select code, count(*) as records, count(distinct file_id) as files
from cdr.reject
where closed_at is null
group by code
order by count(*) desc, code

-- name: signals
-- Signals of the last two weeks of which anything is known.
select s.signal, to_char(s.at at time zone z.value, 'YYYY-MM-DD HH24:MI') as at, s.carrier, s.about
from cdr.setting z
cross join (select max(hour) as last_hour from cdr.stat_hour) known
cross join lateral cdr.signals_between(known.last_hour - interval '14 days', 'infinity') s
where z.setting = 'zone'
order by s.signal, s.at, s.carrier, s.about
limit 40

-- name: attention
-- Why somebody should look now; no row when all is well.
-- $1 hours after which the last good run is too old, $2 the newest leg (null: what is usual).
select a.about, a.remedy
from cdr.attention($1::numeric, $2::numeric) a
order by a.place, a.about

-- name: json
-- The same as one document.  $1 hours after which the last good run is too old, $2 the
-- newest leg (null: what is usual).
select jsonb_build_object(
    'attention', (
        select coalesce(jsonb_agg(jsonb_build_object('reason', a.reason, 'about', a.about, 'remedy', a.remedy)
            order by a.place, a.about), '[]')
        from cdr.attention($1::numeric, $2::numeric) a),
    'health', (select to_jsonb(h) from cdr.health h),
    'runs', (
        select coalesce(jsonb_agg(to_jsonb(r) - 'backend_pid' order by r.run_id desc), '[]')
        from (select * from cdr.run order by run_id desc limit 10) r),
    'rejects_open', (
        select coalesce(jsonb_object_agg(code, n), '{}')
        from (select code, count(*) as n from cdr.reject where closed_at is null group by code) r),
    'signals', (
        select coalesce(jsonb_agg(to_jsonb(s) order by s.signal, s.at, s.carrier, s.about), '[]')
        from (select max(hour) as last_hour from cdr.stat_hour) known
        cross join lateral cdr.signals_between(known.last_hour - interval '14 days', 'infinity') s))

-- name: metrics
-- Lines for Prometheus' text files: no timestamps, last run and last success apart,
-- and what is not known is not said.
-- Labels are of closed lists: verdicts, phases, reject codes, signals, reasons.
-- $1 hours after which the last good run is too old, $2 the newest leg (null: what is usual).
with last_load as (
    select r.run_id, r.seconds
    from cdr.run r
    where r.exit_code is not null and r.kind in ('load', 'replay')
    order by r.run_id desc
    limit 1
), loaded as (
    select f.*
    from last_load l
    join cdr.file f on f.run_id = l.run_id
), share as (
    select sum(s.n) filter (where s.confidence = 'ambiguous') as ambiguous, sum(s.n) as n
    from (select max(hour) as last_hour from cdr.stat_hour) known
    join cdr.stat_hour s on s.hour > known.last_hour - interval '7 days' and s.unit = 'call'
), metric as (
    select m.*
    from cdr.health h
    cross join lateral (
        values
            (1, 'cdretl_last_run_timestamp_seconds', 'When the last run ended.', '', extract(epoch from h.last_run_at)::numeric),
            (2, 'cdretl_last_success_timestamp_seconds', 'When a run last ended that did its work.', '',
                extract(epoch from h.last_success_at)::numeric),
            (3, 'cdretl_last_run_exit_code', 'Exit code of the last run that ended.', '',
                (select exit_code from cdr.run where exit_code is not null order by run_id desc limit 1)::numeric),
            (0, 'cdretl_up', 'The database answered when this was written.', '', 1),
            (4, 'cdretl_last_calls_timestamp_seconds', 'Last hour of which calls are known.', '',
                extract(epoch from h.last_hour)::numeric),
            (4, 'cdretl_newest_leg_timestamp_seconds', 'When the newest leg began.', '',
                extract(epoch from h.newest_leg_at)::numeric),
            (4, 'cdretl_data_age_limit_seconds', 'How old the newest leg may be: a day and a half and the longest usual pause.', '',
                extract(epoch from h.data_max_age)::numeric),
            (5, 'cdretl_runs_unfinished', 'Runs that go on, or were killed and not yet closed by the next.', '', h.unfinished_runs::numeric),
            (6, 'cdretl_rejects_open', 'Records in quarantine.', '', h.rejects_open::numeric),
            (7, 'cdretl_files_refused', 'Files that were refused or rolled back and have not come in since.', '', h.files_refused::numeric),
            (8, 'cdretl_schema_version', 'Version of the schema.', '', h.schema_version::numeric),
            (10, 'cdretl_data_age_seconds', 'How long ago the last hour ended of which calls are known, when this was written.', '',
                extract(epoch from now() - (h.last_hour + interval '1 hour'))::numeric)
    ) m(place, name, help, labels, value)
    union all
    select 9, 'cdretl_signals', 'Signals of the last two weeks of data.', format('{signal="%s"}', k.signal), count(s.signal)
    from unnest(array['ambiguity', 'empty_file', 'incident', 'missing_hour', 'new_pair', 'thick_day', 'thin_day']) k(signal)
    left join lateral (select max(hour) as last_hour from cdr.stat_hour) known on true
    left join lateral cdr.signals_between(known.last_hour - interval '14 days', 'infinity') s on s.signal = k.signal
    group by k.signal
    union all
    select 9, 'cdretl_signals_last_day', 'Signals of the last day of which calls are known.', format('{signal="%s"}', k.signal),
        count(s.signal)
    from unnest(array['ambiguity', 'incident', 'missing_hour', 'new_pair', 'thick_day', 'thin_day']) k(signal)
    left join lateral (select max(hour) as last_hour from cdr.stat_hour) known on true
    left join lateral cdr.signals_between(known.last_hour - interval '23 hours', 'infinity') s on s.signal = k.signal
    group by k.signal
    union all
    select 10, 'cdretl_attention', 'Why somebody should look now, by reason.', format('{reason="%s"}', k.reason), count(a.reason)
    from unnest(array['no_run', 'stale', 'old_data', 'last_run_failed', 'run_killed', 'run_long', 'file_refused']) k(reason)
    left join cdr.attention($1::numeric, $2::numeric) a on a.reason = k.reason
    group by k.reason
    union all
    select 11, 'cdretl_last_load_files', 'Files of the last load, by what became of them.', format('{verdict="%s"}', k.verdict),
        (select count(*) from loaded f where f.verdict = k.verdict)
    from last_load
    cross join unnest(array['loaded', 'refused', 'rolled_back']) k(verdict)
    union all
    select 12, 'cdretl_last_load_records', 'Records of the last load, by what became of them.', format('{outcome="%s"}', k.outcome),
        case k.outcome when 'inserted' then f.inserted when 'updated' then f.updated when 'unchanged' then f.unchanged
            when 'duplicate' then f.duplicate else f.rejected end
    from (
        select coalesce(sum(inserted), 0) as inserted, coalesce(sum(updated), 0) as updated, coalesce(sum(unchanged), 0) as unchanged,
            coalesce(sum(duplicate), 0) as duplicate, coalesce(sum(rejected), 0) as rejected
        from loaded
    ) f
    cross join unnest(array['inserted', 'updated', 'unchanged', 'duplicate', 'rejected']) k(outcome)
    where exists (select 1 from last_load)
    union all
    select 13, 'cdretl_last_load_seconds', 'Where the time of the last load went.', format('{phase="%s"}', k.phase),
        (l.seconds ->> k.phase)::numeric
    from last_load l
    cross join unnest(array['read', 'merge', 'statistics', 'commit']) k(phase)
    union all
    select 14, 'cdretl_rejects_open_by_code', 'Records in quarantine, by reason.', format('{code="%s"}', r.code), count(*)
    from cdr.reject r
    where r.closed_at is null and r.code ~ '^[a-z_]+$'
    group by r.code
    union all
    select 15, 'cdretl_undetermined_ratio', 'Share of calls with an ambiguous outcome, the last seven days of which anything is known.', '',
        round(coalesce(s.ambiguous, 0) / nullif(s.n, 0), 4)
    from share s
), lines as (
    select place, name, 0 as part, '' as labels, format(E'# HELP %1$s %2$s\n# TYPE %1$s gauge', name, min(help)) as line
    from metric
    where value is not null
    group by place, name
    union all
    select place, name, 1, labels, name || labels || ' ' || trim_scale(round(value, 4))
    from metric
    where value is not null
)
select string_agg(line, E'\n' order by place, name, part, labels) || E'\n'
from lines
