-- The carriers side by side; the small ones are one row when there are many.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
with known as materialized (
    select m.carrier, sum(m.seizures) as seizures, sum(m.answered) as answered,
        sum(m.delivered_low) as delivered_low, sum(m.delivered_high) as delivered_high,
        sum(m.naive_answered) as naive_answered, sum(m.naive_delivered) as naive_delivered, sum(m.naive_seizures) as naive_seizures,
        sum(m.bill_seconds) as bill_seconds, sum(m.setup_seconds) as setup_seconds, sum(m.setup_n) as setup_n, sum(m.short) as short,
        sum(m.undetermined) as undetermined, sum(m.recategorised) as recategorised, sum(m.unanswered) as unanswered
    from (select value as zone from cdr.setting where setting = 'zone') z
    cross join cdr.measure_hour m
    where m.unit = $3
        and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
        and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
    group by 1
), placed as (
    select k.*, row_number() over (order by seizures desc, carrier) as place, count(*) over () as carriers
    from known k
)
select
    case when carriers <= 15 or place < 15 then carrier else (carriers - 14) || ' others' end as carrier,
    sum(seizures) as seizures,
    sum(answered) as answered,
    cdr.percent(sum(answered), sum(seizures)) as asr,
    cdr.wilson_low(sum(answered), sum(seizures)) as asr_ci_low,
    cdr.wilson_high(sum(answered), sum(seizures)) as asr_ci_high,
    cdr.percent(sum(naive_answered), sum(naive_seizures)) as naive_asr,
    cdr.percent(sum(delivered_low), sum(seizures)) as ner_low,
    cdr.percent(sum(delivered_high), sum(seizures)) as ner_high,
    cdr.percent(sum(naive_delivered), sum(naive_seizures)) as naive_ner,
    round(sum(bill_seconds) / nullif(sum(answered), 0), 1) as acd,
    round(sum(setup_seconds) / nullif(sum(setup_n), 0), 1) as pgad,
    cdr.percent(sum(short), sum(answered)) as sdr,
    cdr.percent(sum(undetermined), sum(unanswered)) as ambiguity,
    cdr.percent(sum(recategorised), sum(unanswered)) as recategorisation
from placed
group by 1
order by min(place)
