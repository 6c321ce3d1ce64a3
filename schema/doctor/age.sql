-- How old is what is known?  $1 hours that the last good run may be old.  A row a finding.
select a.is_well, a.finding, a.remedy
from cdr.health h
cross join lateral (
    select *
    from cdr.run r
    where r.finished_at is not null and r.kind not in ('purge', 'forget')
    order by r.run_id desc
    limit 1
) last
cross join lateral (
    values
        (1, h.last_success_at >= now() - $1::numeric * interval '1 hour',
            'the last good run ended ' || coalesce(to_char(h.last_success_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', 'never'),
            'look at what the last runs said: journalctl -u cdretl-load, or `cdretl status`'),
        (2, last.exit_code <= 1, 'the last run ended with exit code ' || last.exit_code,
            case last.exit_code
                when 3 then 'look into failed/ of the spool, and `cdretl status`: an export was refused'
                when 4 then '`cdretl rules lint` and `cdretl rules test` say what is wrong'
                when 6 then '`cdretl check FILE` says which records are rejected; or raise --max-rejects'
                when 7 then 'two writers meet: see who holds the lock in `cdretl status`; give --wait'
                else 'look at what it said: journalctl -u cdretl-load'
            end),
        (3, h.unfinished_runs = 0 or not exists (
                select 1 from cdr.run u where u.finished_at is null and u.started_at < now() - interval '1 day'),
            'runs that never ended: ' || h.unfinished_runs,
            'they were killed, and left nothing half done: load again what they loaded')
) a(place, is_well, finding, remedy)
union all
select false, 'no run has ever done its work', 'put an export into incoming/ and: systemctl start cdretl-load'
where not exists (select 1 from cdr.run r where r.finished_at is not null and r.kind not in ('purge', 'forget'))
