-- The last ten runs.
select r.run_id, r.kind,
    to_char(r.started_at at time zone z.value, 'YYYY-MM-DD HH24:MI') as began,
    case when r.exit_code is not null then round(extract(epoch from r.finished_at - r.started_at)::numeric, 1) end as seconds,
    coalesce(r.exit_code::text, case when r.finished_at is null and
            -- include rules/run_alive
        then 'runs' else 'killed' end) as exit_code,
    f.files, f.records, f.rejected
from cdr.setting z
cross join cdr.run r
cross join lateral (
    select count(*) as files, coalesce(sum(records), 0) as records, coalesce(sum(rejected), 0) as rejected
    from cdr.file
    where run_id = r.run_id
) f
where z.setting = 'zone'
order by r.run_id desc
limit 10
