-- The carriers side by side; the small ones are one row when there are many.
-- $1 beginning, $2 end (instants; null: open), $3 "others" in the page's language.
with period as (
    -- include rules/report_days
), hourly as materialized (
    select m.*
    from period p
    cross join cdr.measure_hour m
    where m.unit = 'attempt' and m.hour >= p.starts_at and m.hour < p.ends_at
), placed as (
    select h.carrier, row_number() over (order by sum(h.seizures) desc, h.carrier) as place, count(*) over () as carriers
    from hourly h
    group by h.carrier
), named as (
    select carrier, place, case when carriers <= 12 or place < 12 then nullif(carrier, '(none)')
        else $3::text || ': ' || (carriers - 11) end as name
    from placed
), kpi as (
    select s.name as carrier, s.place, cdr.percent(s.undetermined, s.n) as undetermined,
        -- include rules/kpi_ratios
    from (
        select g.name, min(g.place) as place,
            -- include rules/kpi_sums
        from named g
        join hourly m on m.carrier = g.carrier
        group by g.name
    ) s
)
select carrier, seizures, answered, person_low as person, person_ci_low, person_ci_high, machine_low as machine, asr, asr_ci_low,
    asr_ci_high, naive_asr, ner_low, ner_high, naive_ner, undetermined, minutes, acd, pgad, sdr, recategorisation
from kpi
order by place
