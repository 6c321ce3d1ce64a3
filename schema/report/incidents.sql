-- When a carrier's network failed far more often than it does.
-- $1 first day, $2 day behind the last (null: open).
select
    i.carrier,
    to_char(i.starts_at at time zone z.value, 'Dy FMDD Mon, HH24:MI') || ' to '
        || to_char(i.ends_at at time zone z.value, 'HH24:MI') as period,
    i.failed, i.seizures, i.share, i.otherwise
from cdr.setting z
cross join lateral cdr.incidents_between(coalesce($1::timestamp at time zone z.value, '-infinity'),
    coalesce($2::timestamp at time zone z.value, 'infinity')) i
where z.setting = 'zone'
order by i.failed desc, i.starts_at, i.carrier
limit 8
