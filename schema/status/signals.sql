-- Signals of the last two weeks of which anything is known.
select s.signal, to_char(s.at at time zone z.value, 'YYYY-MM-DD HH24:MI') as at, s.carrier, s.about
from cdr.setting z
cross join (select max(hour) as last_hour from cdr.stat_hour) known
cross join lateral cdr.signals_between(known.last_hour - interval '14 days', 'infinity') s
where z.setting = 'zone'
order by s.signal, s.at, s.carrier, s.about
limit 40
