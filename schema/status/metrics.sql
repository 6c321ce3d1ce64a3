-- Lines for Prometheus' text files: no timestamps, last run and last success apart,
-- and what is not known is not said.
with metric as (
    select m.*
    from cdr.health h
    cross join lateral (
        values
            (1, 'cdretl_last_run_timestamp_seconds', 'When the last run ended.', '', extract(epoch from h.last_run_at)::numeric),
            (2, 'cdretl_last_success_timestamp_seconds', 'When a run last ended that did its work.', '',
                extract(epoch from h.last_success_at)::numeric),
            (3, 'cdretl_last_run_exit_code', 'Exit code of the last run that ended.', '',
                (select exit_code from cdr.run where finished_at is not null order by run_id desc limit 1)::numeric),
            (4, 'cdretl_last_calls_timestamp_seconds', 'Last hour of which calls are known.', '',
                extract(epoch from h.last_hour)::numeric),
            (5, 'cdretl_runs_unfinished', 'Runs that run now or were killed.', '', h.unfinished_runs::numeric),
            (6, 'cdretl_rejects_open', 'Records in quarantine.', '', h.rejects_open::numeric),
            (7, 'cdretl_files_refused', 'Files that were refused or rolled back.', '', h.files_refused::numeric),
            (8, 'cdretl_schema_version', 'Version of the schema.', '', h.schema_version::numeric)
    ) m(place, name, help, labels, value)
    union all
    select 9, 'cdretl_signals', 'Signals of the last two weeks of data.', format('{signal="%s"}', k.signal), count(s.signal)
    from unnest(array['ambiguity', 'empty_file', 'incident', 'missing_hour', 'new_pair', 'thin_day']) k(signal)
    left join lateral (select max(hour) as last_hour from cdr.stat_hour) known on true
    left join lateral cdr.signals_between(known.last_hour - interval '14 days', 'infinity') s on s.signal = k.signal
    group by k.signal
), lines as (
    select place, 0 as part, '' as labels, format(E'# HELP %1$s %2$s\n# TYPE %1$s gauge', name, min(help)) as line
    from metric
    where value is not null
    group by place, name
    union all
    select place, 1, labels, name || labels || ' ' || trim_scale(round(value, 3))
    from metric
    where value is not null
)
select string_agg(line, E'\n' order by place, part, labels) || E'\n'
from lines
