create view cdr.kpi_inbound_day as
select
    s.day, s.starts_at, s.ends_at,
    -- include rules/inbound_ratios
from (
    -- Day by day from inside, as in cdr.kpi_day.
    select d.day, d.starts_at, d.ends_at, x.*
    from cdr.day d
    cross join lateral (
        select
            -- include rules/inbound_sums
        from cdr.measure_hour m
        where m.hour >= d.starts_at and m.hour < d.ends_at and m.unit = 'call' and m.direction = 'inbound'
        having count(*) > 0
    ) x
) s;

comment on view cdr.kpi_inbound_day is 'Inbound calls of a day in the zone of cdr.setting.';

grant select on cdr.kpi_inbound_day to cdretl_loader, cdretl_dashboard;
