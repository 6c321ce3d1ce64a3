-- Files, rule sets and the health of the data.

-- name: file_shown
-- The ledger for readers who may not see numbers, which may stand in a file's name and in
-- what is said about the file.
create view cdr.file_shown as
select f.file_id, f.run_id, cdr.name_shown(f.name) as name, f.verdict, cdr.name_shown(f.reason) as reason, f.loaded_at,
    f.profile, f.encoding, f.first_at, f.last_at, f.has_gateway, f.lines, f.headers, f.blank, f.records, f.inserted,
    f.updated, f.unchanged, f.duplicate, f.rejected, f.rejected_by_code, f.calls, f.ambiguous_times,
    array(
        select cdr.name_shown(w.warning)
        from unnest(f.warnings) with ordinality w (warning, place)
        order by w.place
    ) as warnings
from cdr.file f;

comment on view cdr.file_shown is 'The ledger as cdr.file, numbers in names, reasons and warnings masked for readers.';

grant select on cdr.file_shown to cdretl_loader, cdretl_dashboard;

-- name: ruleset_shown
-- The rule sets' JSON files for readers, who may not see numbers.
create view cdr.ruleset_shown as
select f.ruleset_id, f.folder, f.name, cdr.name_shown(convert_from(t.content, 'UTF8')) as content
from cdr.ruleset_file f
join cdr.ruleset_text t on t.digest = f.digest
where f.name like '%.json';

comment on view cdr.ruleset_shown is 'JSON files of the rule sets that ever decided a leg, numbers in them masked for readers.';

grant select on cdr.ruleset_shown to cdretl_loader, cdretl_dashboard;

-- name: refused_file
-- Bytes that came in later, with other options or less strictly, are refused no more.  Nor is
-- a file whose name came again and was loaded: it was mended.  A name that had been loaded
-- before says nothing, for exports may have the same name every night.
create view cdr.refused_file as
select f.file_id, f.run_id, cdr.name_shown(f.name) as name, f.verdict, cdr.name_shown(f.reason) as reason,
    f.loaded_at as refused_at
from (
    select distinct on (coalesce(encode(o.sha256, 'hex'), o.name)) o.*, regexp_replace(o.name, '^.*/', '') as base
    from cdr.file o
    where o.verdict in ('refused', 'rolled_back')
    order by coalesce(encode(o.sha256, 'hex'), o.name), o.file_id desc
) f
where f.loaded_at >= now() - (select cdr.setting_number('refused_days')) * interval '1 day'
    and not exists (
        select 1
        from cdr.file l
        where l.verdict in ('loaded', 'unloaded') and l.file_id > f.file_id
            and (l.sha256 = f.sha256
                or (regexp_replace(l.name, '^.*/', '') = f.base and not exists (
                    select 1
                    from cdr.file e
                    where e.verdict in ('loaded', 'unloaded') and e.file_id < f.file_id
                        and regexp_replace(e.name, '^.*/', '') = f.base)))
    );

comment on view cdr.refused_file is 'Files that were refused or rolled back and have not come in since; numbers in names and reasons masked for readers.';

grant select on cdr.refused_file to cdretl_loader, cdretl_dashboard;

-- name: health
-- Freshness and what a load left behind; one row.  A purge and an erasure are no sign that
-- exports still come.  The ledger knows the newest leg; statistics know its hour.
create view cdr.health as
select
    (select max(hour) from cdr.stat_hour) as last_hour,
    (select max(last_at) from cdr.file where verdict = 'loaded') as newest_leg_at,
    pause.longest as longest_pause,
    36 * interval '1 hour' + pause.longest as data_max_age,
    (select max(finished_at) from cdr.run where kind not in ('purge', 'forget')) as last_run_at,
    (select max(finished_at) from cdr.run where exit_code in (0, 1) and kind not in ('purge', 'forget')) as last_success_at,
    (select count(*) from cdr.run where finished_at is null) as unfinished_runs,
    (select count(*) from cdr.reject where closed_at is null) as rejects_open,
    (select count(*) from cdr.refused_file) as files_refused,
    (select max(version) from cdr.schema_version) as schema_version,
    (select r.identity from cdr.run u join cdr.ruleset r on r.ruleset_id = u.ruleset_id order by u.run_id desc limit 1) as ruleset
from (
    select coalesce(max(h.hour - h.before), interval '1 hour') - interval '1 hour' as longest
    from (
        select s.hour, lag(s.hour) over (order by s.hour) as before
        from (
            select distinct hour
            from cdr.stat_hour
            where hour > (select max(hour) from cdr.stat_hour) - interval '35 days'
        ) s
    ) h
) pause;

comment on view cdr.health is 'One row: how fresh the data is and what loads left behind.';

grant select on cdr.health to cdretl_loader, cdretl_dashboard;
