-- KPIs of a period by one key.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt,
-- $4 the key.  What every column means stands in cdr.kpi_definition; the last
-- three are for the eye.
with period as (
    -- include rules/period
)
select
    coalesce(case $4
        when 'day' then to_char(k.at at time zone p.zone, 'YYYY-MM-DD')
        when 'hour' then to_char(k.at at time zone p.zone, 'YYYY-MM-DD HH24:00')
            || case when k.at at time zone p.zone = (k.at - interval '1 hour') at time zone p.zone
                then ' again' else '' end
        else k.key
    end, '(none)') as key,
    k.n, k.seizures, k.answered, k.asr, k.asr_ci_low, k.asr_ci_high, k.ner_low, k.ner_high, k.naive_asr, k.acd, k.sdr,
    k.abandon_low, k.abandon_high, k.ambiguity, k.person_low, k.person_high, k.machine_low, k.machine_high, k.minutes,
    round(k.asr_ci_low) || '-' || round(k.asr_ci_high) as asr_range,
    round(k.ner_low) || '-' || round(k.ner_high) as ner_range,
    round(k.answered / nullif(k.seizures, 0), 4) as bar
from period p
cross join lateral cdr.kpi_between(p.starts_at, p.ends_at, $3,
    case when $4 in ('day', 'hour') then $4 else 'all' end,
    case $4 when 'day' then 'all' when 'hour' then 'all' else $4 end) k
order by case when $4 in ('day', 'hour') then 1 end, case when $4 in ('day', 'hour') then k.at end, k.n desc, 1
