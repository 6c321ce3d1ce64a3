-- The period of a statement whose $1 is its first day and $2 the day behind its last (null:
-- open), in the zone of cdr.setting: one row.
select value as zone,
    coalesce($1::timestamp at time zone value, '-infinity') as starts_at,
    coalesce($2::timestamp at time zone value, 'infinity') as ends_at
from cdr.setting
where setting = 'zone'
