-- The same as one document.  $1 hours after which the last good run is too old.
select jsonb_build_object(
    'attention', (
        select coalesce(jsonb_agg(why), '[]')
        from (
            select 'stale' as why from cdr.health
            where last_success_at is null or last_success_at < now() - $1::numeric * interval '1 hour'
            union all
            select 'last_run_failed' from (select exit_code from cdr.run where finished_at is not null order by run_id desc limit 1) r
            where r.exit_code > 1
            union all
            select 'run_never_ended' from cdr.run where finished_at is null and started_at < now() - interval '1 day'
        ) a),
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
