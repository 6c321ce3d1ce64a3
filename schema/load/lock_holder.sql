-- Who holds it.  A run that is not finished and whose server process is the
-- holder names itself; times of other users' processes may be hidden from us.
select
    coalesce('run ' || r.run_id || ' (' || r.kind || ')', coalesce(nullif(a.application_name, ''), 'a session'))
    || coalesce(' of ' || a.usename, '')
    || coalesce(' since ' || to_char(coalesce(a.xact_start, r.started_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC', '')
    || ', server process ' || l.pid
from pg_locks l
left join pg_stat_activity a on a.pid = l.pid
left join lateral (
    select * from cdr.run
    where backend_pid = l.pid and finished_at is null
    order by run_id desc
    limit 1
) r on true
where l.locktype = 'advisory'
    and l.granted
    and l.database = (select oid from pg_database where datname = current_database())
    and l.classid = (109283067130988 >> 32)::oid
    and l.objid = (109283067130988 & 4294967295)::oid
    and l.objsubid = 1;
