-- The report's head: the period, and its figures in one row.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt.
select
    to_char(first_hour, 'FMDD FMMonth YYYY') as first_day,
    to_char(last_hour, 'FMDD FMMonth YYYY') as last_day,
    zone, calls, n, seizures, answered,
    cdr.percent(answered, seizures) as asr,
    cdr.wilson_low(answered, seizures) as asr_ci_low,
    cdr.wilson_high(answered, seizures) as asr_ci_high,
    cdr.percent(delivered_low, seizures) as ner_low,
    cdr.percent(delivered_high, seizures) as ner_high,
    round(bill_seconds / nullif(answered, 0), 1) as acd,
    undetermined, unanswered,
    cdr.percent(undetermined, unanswered) as ambiguity,
    recategorised,
    cdr.percent(recategorised, unanswered) as recategorisation,
    cdr.percent(naive_answered, naive_seizures) as naive_asr,
    (select left(r.identity, 12) from cdr.ruleset r order by r.ruleset_id desc limit 1) as ruleset
from (
    select z.zone,
        min(m.hour) at time zone z.zone as first_hour,
        max(m.hour) at time zone z.zone as last_hour,
        sum(m.n) filter (where m.unit = 'call') as calls,
        sum(m.n) filter (where m.unit = $3) as n,
        sum(m.seizures) filter (where m.unit = $3) as seizures,
        sum(m.answered) filter (where m.unit = $3) as answered,
        sum(m.unanswered) filter (where m.unit = $3) as unanswered,
        sum(m.delivered_low) filter (where m.unit = $3) as delivered_low,
        sum(m.delivered_high) filter (where m.unit = $3) as delivered_high,
        sum(m.bill_seconds) filter (where m.unit = $3) as bill_seconds,
        sum(m.undetermined) filter (where m.unit = $3) as undetermined,
        sum(m.recategorised) filter (where m.unit = $3) as recategorised,
        sum(m.naive_answered) filter (where m.unit = $3) as naive_answered,
        sum(m.naive_seizures) filter (where m.unit = $3) as naive_seizures
    from (select value as zone from cdr.setting where setting = 'zone') z
    left join cdr.measure_hour m
        on m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
        and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
    group by z.zone
) s
