-- Of which days statistics of a period are, in the zone of the days.
-- $1 beginning, $2 end of the period, $3 unit: call or attempt.
select to_char(min(s.hour) at time zone z.value, 'YYYY-MM-DD') as first_day,
    to_char(max(s.hour) at time zone z.value, 'YYYY-MM-DD') as last_day
from cdr.setting z
join cdr.stat_hour s on s.hour >= $1::timestamptz and s.hour < $2::timestamptz and s.unit = $3
where z.setting = 'zone'
group by z.value
