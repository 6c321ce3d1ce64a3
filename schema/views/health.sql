-- Freshness and what a load left behind; one row.  A purge and an erasure are no sign that
-- exports still come.
create view cdr.health as
select
    (select max(hour) from cdr.stat_hour) as last_hour,
    (select max(finished_at) from cdr.run where kind not in ('purge', 'forget')) as last_run_at,
    (select max(finished_at) from cdr.run where exit_code in (0, 1) and kind not in ('purge', 'forget')) as last_success_at,
    (select count(*) from cdr.run where finished_at is null) as unfinished_runs,
    (select count(*) from cdr.reject where closed_at is null) as rejects_open,
    (select count(*) from cdr.file where verdict <> 'loaded') as files_refused,
    (select max(version) from cdr.schema_version) as schema_version,
    (select r.identity from cdr.run u join cdr.ruleset r on r.ruleset_id = u.ruleset_id order by u.run_id desc limit 1) as ruleset;

comment on view cdr.health is 'One row: how fresh the data is and what loads left behind.';

grant select on cdr.health to cdretl_loader, cdretl_dashboard;
