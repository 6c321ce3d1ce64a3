create view cdr.kpi_day as
select
    s.day, s.starts_at, s.ends_at, s.unit,
    -- include rules/kpi_ratios
from (
    -- Day by day from inside: the planner cannot turn it round and compare every hour with
    -- every day.
    select g.day, g.starts_at, g.ends_at, x.*
    from cdr.day g
    cross join lateral (
        select m.unit,
            -- include rules/kpi_sums
        from (
            -- include rules/measures_of_part
        ) m
        group by m.unit
    ) x
) s;

comment on view cdr.kpi_day is 'KPIs of a day in the zone of cdr.setting, for calls and for attempts.';

grant select on cdr.kpi_day to cdretl_loader, cdretl_dashboard;
