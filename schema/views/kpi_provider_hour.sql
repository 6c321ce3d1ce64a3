create view cdr.kpi_provider_hour as
select
    s.hour, s.unit, s.provider, s.carrier,
    -- include rules/kpi_ratios
from (
    select m.hour, m.unit, m.provider, m.carrier,
        -- include rules/kpi_sums
    from cdr.measure_hour m
    group by m.hour, m.unit, m.provider, m.carrier
) s;

comment on view cdr.kpi_provider_hour is 'KPIs of an hour and carrier.';

grant select on cdr.kpi_provider_hour to cdretl_loader, cdretl_dashboard;
