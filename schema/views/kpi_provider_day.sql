create view cdr.kpi_provider_day as
select
    s.day, s.starts_at, s.ends_at, s.unit, s.provider, s.carrier,
    -- include rules/kpi_ratios
from (
    -- Day by day from inside: the planner cannot turn it round and compare every hour with
    -- every day.
    select g.day, g.starts_at, g.ends_at, x.*
    from cdr.day g
    cross join lateral (
        select m.unit, m.provider, m.carrier,
            -- include rules/kpi_sums
        from (
            -- include rules/measures_of_part
        ) m
        group by m.unit, m.provider, m.carrier
    ) x
) s;

comment on view cdr.kpi_provider_day is 'KPIs of a day and carrier.';

grant select on cdr.kpi_provider_day to cdretl_loader, cdretl_dashboard;
