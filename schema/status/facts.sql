-- What `status` tells first: a name and a value, for the eye.
select row.name, row.value
from cdr.health h
cross join cdr.setting z
cross join lateral (
    values
        (1, 'newest leg', to_char(h.newest_leg_at at time zone z.value, 'YYYY-MM-DD HH24:MI:SS')
            || ', ' || greatest(round(extract(epoch from now() - h.newest_leg_at)::numeric / 3600), 0) || ' h ago'),
        (2, 'last run', to_char(h.last_run_at at time zone z.value, 'YYYY-MM-DD HH24:MI')),
        (3, 'last good run', to_char(h.last_success_at at time zone z.value, 'YYYY-MM-DD HH24:MI')),
        (4, 'runs that go on', h.unfinished_runs::text),
        (5, 'rejects open', h.rejects_open::text || ' records'),
        (6, 'files refused', h.files_refused::text || ' and not loaded since'),
        (7, 'schema', h.schema_version::text),
        (8, 'rule set', left(h.ruleset, 12)),
        (9, 'zone', z.value)
) row(place, name, value)
where z.setting = 'zone' and row.value is not null
order by row.place
