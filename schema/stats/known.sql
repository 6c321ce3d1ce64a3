-- Are there statistics in [$1, $2)?  And from which day to which there are any.
select
    exists (select 1 from cdr.stat_hour s where s.hour >= $1::timestamptz and s.hour < $2::timestamptz) as is_known,
    to_char((select min(s.hour) from cdr.stat_hour s) at time zone z.value, 'YYYY-MM-DD') as first_day,
    to_char((select max(s.hour) from cdr.stat_hour s) at time zone z.value, 'YYYY-MM-DD') as last_day
from cdr.setting z
where z.setting = 'zone'
