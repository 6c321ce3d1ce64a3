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
