-- Does run r go on?  Its server process is there, and is no later one of the same number.  Of
-- other users' processes the time of their start may be hidden from us.
exists (
    select 1
    from pg_catalog.pg_stat_activity a
    where a.pid = r.backend_pid and a.datname = pg_catalog.current_database() and a.usename = r.db_user
        and (a.backend_start is null or a.backend_start <= r.started_at)
)
