create view cdr.kpi_hour as
select
    s.hour, s.unit,
    -- include rules/kpi_ratios
from (
    select m.hour, m.unit,
        -- include rules/kpi_sums
    from cdr.measure_hour m
    group by m.hour, m.unit
) s;

comment on view cdr.kpi_hour is 'KPIs of an hour (UTC, half-open), for calls and for attempts.';

grant select on cdr.kpi_hour to cdretl_loader, cdretl_dashboard;
