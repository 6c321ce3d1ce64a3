-- KPIs of a period by one key.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt,
-- $4 the key.  What every column means stands in cdr.kpi_definition; the last
-- three are for the eye.
select key, n, seizures, answered,
    cdr.percent(answered, seizures) as asr,
    cdr.wilson_low(answered, seizures) as asr_ci_low,
    cdr.wilson_high(answered, seizures) as asr_ci_high,
    cdr.percent(delivered_low, seizures) as ner_low,
    cdr.percent(delivered_high, seizures) as ner_high,
    cdr.percent(naive_answered, naive_seizures) as naive_asr,
    round(bill_seconds / nullif(answered, 0), 1) as acd,
    cdr.percent(short, answered) as sdr,
    cdr.percent(cancelled, seizures) as abandon_low,
    cdr.percent(cancelled_high, seizures) as abandon_high,
    cdr.percent(undetermined, unanswered) as ambiguity,
    round(cdr.wilson_low(answered, seizures)) || '-' || round(cdr.wilson_high(answered, seizures)) as asr_range,
    round(cdr.percent(delivered_low, seizures)) || '-' || round(cdr.percent(delivered_high, seizures)) as ner_range,
    round(answered / nullif(seizures, 0), 4) as bar
from (
    select
        coalesce(case $4
            when 'provider' then m.carrier
            when 'gateway' then m.gateway
            when 'direction' then m.direction
            when 'queue' then m.queue
            when 'domain' then m.domain
            when 'day' then to_char(m.hour at time zone z.zone, 'YYYY-MM-DD')
            when 'hour' then to_char(m.hour at time zone z.zone, 'YYYY-MM-DD HH24:00')
                || case when m.hour at time zone z.zone = (m.hour - interval '1 hour') at time zone z.zone
                    then ' again' else '' end
        end, '(none)') as key,
        sum(m.n) as n, sum(m.seizures) as seizures, sum(m.answered) as answered, sum(m.unanswered) as unanswered,
        sum(m.delivered_low) as delivered_low, sum(m.delivered_high) as delivered_high,
        sum(m.naive_answered) as naive_answered, sum(m.naive_seizures) as naive_seizures,
        sum(m.bill_seconds) as bill_seconds, sum(m.short) as short,
        sum(m.cancelled) as cancelled, sum(m.cancelled_high) as cancelled_high, sum(m.undetermined) as undetermined
    from (select value as zone from cdr.setting where setting = 'zone') z
    cross join cdr.measure_hour m
    where m.unit = $3
        and m.hour >= coalesce($1::timestamp at time zone z.zone, '-infinity')
        and m.hour < coalesce($2::timestamp at time zone z.zone, 'infinity')
    group by 1
) s
order by case when $4 in ('day', 'hour') then key end, n desc, key
