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
