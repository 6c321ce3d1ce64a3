-- The headlines of the period.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select x.measure, x.value, x.n, null::numeric as before, null::text as against_before, null::numeric as habit,
    null::text as against_habit
from period p
left join lateral cdr.kpi_between(p.starts_at, p.ends_at, 'attempt') k on true
left join lateral cdr.inbound_between(p.starts_at, p.ends_at) i on true
cross join lateral (values ('attempts', k.n, null), ('asr', k.asr, k.asr_n), ('person', k.person_low, k.person_n),
    ('machine', k.machine_low, k.machine_n), ('ner', k.ner_low, k.ner_n), ('minutes', round(k.minutes), null),
    ('inbound', i.inbound, null), ('inbound_person', i.inbound_person, i.inbound_person_n),
    ('abandon', i.inbound_abandon, i.inbound_abandon_n), ('service_level', i.service_level, i.service_level_n)) x(measure, value, n)
