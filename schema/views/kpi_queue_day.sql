create view cdr.kpi_queue_day as
select
    s.day, s.starts_at, s.ends_at, s.queue,
    -- include rules/queue_ratios
from (
    -- Day by day from inside: the planner cannot turn it round and compare every hour with
    -- every day.
    select d.day, d.starts_at, d.ends_at, x.*
    from cdr.day d
    cross join lateral (
        select m.queue,
            -- include rules/kpi_sums
        from cdr.measure_hour m
        where m.hour >= d.starts_at and m.hour < d.ends_at
            and m.unit = 'call' and m.direction = 'inbound' and m.queue is not null
        group by m.queue
    ) x
) s;

comment on view cdr.kpi_queue_day is 'Queue KPIs of a day: inbound calls that were offered to a queue.';

grant select on cdr.kpi_queue_day to cdretl_loader, cdretl_dashboard;
