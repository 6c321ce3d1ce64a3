-- Signals of the period: which, when, who, and a sentence.
-- $1 first day, $2 day behind the last (null: open).
select
    s.signal,
    to_char(s.at at time zone z.value, 'Dy FMDD Mon HH24:MI') as at,
    s.carrier,
    s.about,
    count(*) over () as total
from cdr.setting z
cross join cdr.signal s
where z.setting = 'zone' and s.signal <> 'empty_file'
    and s.at >= coalesce($1::timestamp at time zone z.value, '-infinity')
    and s.at < coalesce($2::timestamp at time zone z.value, 'infinity')
order by array_position(array['missing_hour', 'thin_day', 'ambiguity', 'new_pair'], s.signal), s.at, s.carrier, s.about
limit 15
