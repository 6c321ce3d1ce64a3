-- The period of a statement whose $1 is its beginning and $2 its end, instants (null: open),
-- and the zone of cdr.setting: one row.
select value as zone,
    coalesce($1::timestamptz, '-infinity') as starts_at,
    coalesce($2::timestamptz, 'infinity') as ends_at
from cdr.setting
where setting = 'zone'
