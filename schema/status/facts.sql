-- What `status` tells first: a name and a value, for the eye.
select row.name, row.value
from cdr.health h
cross join cdr.setting z
cross join lateral (
    values
        (1, 'last calls', to_char(h.last_hour at time zone z.value, 'YYYY-MM-DD HH24:00')),
        (2, 'last run', to_char(h.last_run_at at time zone z.value, 'YYYY-MM-DD HH24:MI')),
        (3, 'last good run', to_char(h.last_success_at at time zone z.value, 'YYYY-MM-DD HH24:MI')),
        (4, 'unfinished runs', h.unfinished_runs::text),
        (5, 'rejects open', h.rejects_open::text),
        (6, 'files refused', h.files_refused::text),
        (7, 'schema', h.schema_version::text),
        (8, 'rule set', left(h.ruleset, 12)),
        (9, 'zone', z.value)
) row(place, name, value)
where z.setting = 'zone'
order by row.place
