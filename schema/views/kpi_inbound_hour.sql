create view cdr.kpi_inbound_hour as
select
    s.hour,
    -- include rules/inbound_ratios
from (
    select m.hour,
        -- include rules/inbound_sums
    from cdr.measure_hour m
    where m.unit = 'call' and m.direction = 'inbound'
    group by m.hour
) s;

comment on view cdr.kpi_inbound_hour is 'Inbound calls of an hour (UTC, half-open).';

grant select on cdr.kpi_inbound_hour to cdretl_loader, cdretl_dashboard;
