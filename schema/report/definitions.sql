-- The figures that the report shows, as cdr.kpi_definition says them.
select d.name, d.formula, d.variant
from unnest(array['asr', 'ner_low', 'ner_high', 'acd', 'pgad', 'sdr', 'ambiguity', 'recategorisation', 'naive_asr', 'wilson'])
    with ordinality as wanted(kpi, place)
join cdr.kpi_definition d on d.kpi = wanted.kpi
order by wanted.place
