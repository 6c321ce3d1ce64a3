-- The carriers side by side.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
select
    m.carrier,
    sum(m.seizures) as seizures,
    sum(m.answered) as answered,
    cdr.percent(sum(m.answered), sum(m.seizures)) as asr,
    cdr.wilson_low(sum(m.answered), sum(m.seizures)) as asr_ci_low,
    cdr.wilson_high(sum(m.answered), sum(m.seizures)) as asr_ci_high,
    cdr.percent(sum(m.naive_answered), sum(m.naive_seizures)) as naive_asr,
    cdr.percent(sum(m.delivered_low), sum(m.seizures)) as ner_low,
    cdr.percent(sum(m.delivered_high), sum(m.seizures)) as ner_high,
    cdr.percent(sum(m.naive_delivered), sum(m.naive_seizures)) as naive_ner,
    round(sum(m.bill_seconds) / nullif(sum(m.answered), 0), 1) as acd,
    round(sum(m.setup_seconds) / nullif(sum(m.setup_n), 0), 1) as pgad,
    cdr.percent(sum(m.short), sum(m.answered)) as sdr,
    cdr.percent(sum(m.undetermined), sum(m.unanswered)) as ambiguity,
    cdr.percent(sum(m.recategorised), sum(m.unanswered)) as recategorisation
from (select value as zone from cdr.setting where setting = 'zone') z
cross join cdr.measure_hour m
where m.unit = $3
    and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
    and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
group by 1
order by 2 desc, 1
