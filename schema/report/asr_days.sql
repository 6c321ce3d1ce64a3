-- ASR by day with its interval, and what the hang-up cause alone would say.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
select
    to_char(m.hour at time zone z.zone, 'YYYY-MM-DD') as day,
    to_char(m.hour at time zone z.zone, 'Dy FMDD Mon') as label,
    cdr.percent(sum(m.answered), sum(m.seizures)) as asr,
    cdr.wilson_low(sum(m.answered), sum(m.seizures)) as asr_ci_low,
    cdr.wilson_high(sum(m.answered), sum(m.seizures)) as asr_ci_high,
    cdr.percent(sum(m.naive_answered), sum(m.naive_seizures)) as naive_asr,
    sum(m.seizures) as seizures
from (select value as zone from cdr.setting where setting = 'zone') z
cross join cdr.measure_hour m
where m.unit = $3
    and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
    and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
group by 1, 2
order by 1
