-- Key figures by hour and day.

-- name: kpi_hour
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

-- name: kpi_provider_hour
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

-- name: kpi_day
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

-- name: kpi_provider_day
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

-- name: kpi_queue_day
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

-- name: kpi_inbound_day
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

-- name: kpi_inbound_hour
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

-- name: agent_day
create view cdr.agent_day as
select day, agent, offered, answered, missed, elsewhere, placed, placed_answered, talk_seconds, hold_seconds,
    handling_seconds, handling_n, aht, first_at, last_at
from cdr.agent_between('-infinity', 'infinity', 'day');

comment on view cdr.agent_day is 'Employees day by day, names as the reader may see them. Reads all legs, whatever the day asked for: cdr.agent_between(from, to, ''day'') reads a period''s.';

grant select on cdr.agent_day to cdretl_loader, cdretl_dashboard;
