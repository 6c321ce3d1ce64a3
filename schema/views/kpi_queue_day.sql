create view cdr.kpi_queue_day as
select
    s.day, s.starts_at, s.ends_at, s.queue,
    -- include rules/queue_ratios
from (
    -- Day by day from inside: the planner cannot turn it round and compare every hour with
    -- every day.
    select g.day, g.starts_at, g.ends_at, x.*
    from cdr.day g
    cross join lateral (
        select m.queue,
            -- include rules/kpi_sums
        from (
            -- include rules/measures_of_part
        ) m
        where m.unit = 'call' and m.direction = 'inbound' and m.queue is not null
        group by m.queue
    ) x
) s;

comment on view cdr.kpi_queue_day is 'Queue KPIs of a day: inbound calls that were offered to a queue.';

grant select on cdr.kpi_queue_day to cdretl_loader, cdretl_dashboard;
