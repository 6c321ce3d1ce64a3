create view cdr.kpi_inbound_day as
select
    s.day, s.starts_at, s.ends_at,
    -- include rules/inbound_ratios
from (
    -- Day by day from inside, as in cdr.kpi_day.
    select g.day, g.starts_at, g.ends_at, x.*
    from cdr.day g
    cross join lateral (
        select
            -- include rules/inbound_sums
        from (
            -- include rules/measures_of_part
        ) m
        where m.unit = 'call' and m.direction = 'inbound'
        having count(*) > 0
    ) x
) s;

comment on view cdr.kpi_inbound_day is 'Inbound calls of a day in the zone of cdr.setting.';

grant select on cdr.kpi_inbound_day to cdretl_loader, cdretl_dashboard;
