-- The KPIs of queues in a period: inbound calls that were offered to one.
create function cdr.queue_kpi_between(period_from timestamptz, period_to timestamptz)
    returns table (queue text,
        offered numeric, by_agent numeric, left_soon numeric, served_in_time numeric,
        queue_abandon numeric, queue_abandon_n numeric, queue_abandon_ci_low numeric,
        queue_abandon_ci_high numeric, queue_abandon_net numeric, queue_abandon_net_n numeric,
        queue_abandon_net_ci_low numeric, queue_abandon_net_ci_high numeric,
        service_level numeric, service_level_n numeric, service_level_ci_low numeric,
        service_level_ci_high numeric, mean_wait numeric, mean_wait_n numeric, aht numeric,
        aht_n numeric)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    return query
    select
        s.queue,
        -- include rules/queue_ratios
    from (
        select m.queue,
            -- include rules/kpi_sums
        from cdr.stat_parts(period_from, period_to) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        where m.unit = 'call' and m.direction = 'inbound' and m.queue is not null
        group by m.queue
    ) s;
end
$$;

comment on function cdr.queue_kpi_between(timestamptz, timestamptz) is
    'Queue KPIs of the hours that begin in [from, to). Columns as in cdr.kpi_queue_day.';

revoke all on function cdr.queue_kpi_between(timestamptz, timestamptz) from public;
grant execute on function cdr.queue_kpi_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
