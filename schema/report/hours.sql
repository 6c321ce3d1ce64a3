-- When people answer: weekday (1 is Monday) by hour of the day.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
select
    extract(isodow from m.hour at time zone z.zone)::integer as weekday,
    extract(hour from m.hour at time zone z.zone)::integer as hour,
    sum(m.seizures) as seizures,
    sum(m.answered) as answered,
    cdr.percent(sum(m.answered), sum(m.seizures)) as asr,
    cdr.wilson_low(sum(m.answered), sum(m.seizures)) as asr_ci_low,
    cdr.wilson_high(sum(m.answered), sum(m.seizures)) as asr_ci_high
from (select value as zone from cdr.setting where setting = 'zone') z
cross join cdr.measure_hour m
where m.unit = $3
    and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
    and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
group by 1, 2
order by 1, 2
