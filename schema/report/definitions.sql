-- The figures that the report shows, as cdr.kpi_definition says them.
select d.name, d.formula, d.variant
from unnest(array['asr', 'ner_low', 'ner_high', 'person_low', 'machine_low', 'inbound_abandon', 'service_level', 'returned_share', 'agent_day', 'reached_share', 'peak', 'acd', 'pgad', 'sdr', 'ambiguity', 'naive_asr', 'wilson'])
    with ordinality as wanted(kpi, place)
join cdr.kpi_definition d on d.kpi = wanted.kpi
order by wanted.place
