-- How old is what is known?  $1 hours that the last good run may be old.  A row a finding.
select a.is_well, a.finding, a.remedy
from (
    select false as is_well, t.about as finding, t.remedy, t.place
    from cdr.attention($1::numeric) t
    union all
    select true, 'the last good run ended ' || to_char(h.last_success_at at time zone z.value, 'YYYY-MM-DD HH24:MI')
        || ', the newest leg is of ' || coalesce(to_char(h.newest_leg_at at time zone z.value, 'YYYY-MM-DD HH24:MI'), 'no time'),
        null, 9
    from cdr.health h
    cross join cdr.setting z
    where z.setting = 'zone' and not exists (select 1 from cdr.attention($1::numeric))
) a
order by a.place, a.finding
