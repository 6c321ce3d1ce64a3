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
