-- Inbound calls of a period.  bucket as in cdr.kpi_between; keyed_by: all, queue, carrier,
-- gateway or domain.
create function cdr.inbound_between(period_from timestamptz, period_to timestamptz, bucket text default 'all',
        keyed_by text default 'all', only_carriers text[] default null,
        only_gateways text[] default null, only_directions text[] default null, only_queues text[] default null,
        only_domains text[] default null)
    returns table (at timestamptz, key text,
        inbound numeric, by_person numeric, by_flow numeric, abandoned numeric, unanswered_other numeric,
        left_soon numeric, served_in_time numeric,
        inbound_person numeric, inbound_person_n numeric, inbound_person_ci_low numeric, inbound_person_ci_high numeric,
        inbound_abandon numeric, inbound_abandon_n numeric, inbound_abandon_ci_low numeric, inbound_abandon_ci_high numeric,
        service_level numeric, service_level_n numeric, service_level_ci_low numeric, service_level_ci_high numeric,
        mean_wait numeric, mean_wait_n numeric, aht numeric, aht_n numeric, talk_minutes numeric)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if bucket not in ('all', 'hour', 'day', 'week_hour') or keyed_by not in ('all', 'queue', 'carrier', 'gateway', 'domain') then
        raise exception 'no inbound calls by % and %', bucket, keyed_by;
    end if;
    return query
    select
        s.at, s.key,
        -- include rules/inbound_ratios
    from (
        select
            -- include rules/bucket
            case keyed_by
                when 'queue' then m.queue
                when 'carrier' then m.carrier
                when 'gateway' then m.gateway
                when 'domain' then m.domain
            end as key,
            -- include rules/inbound_sums
        from cdr.stat_parts(period_from, period_to, bucket in ('hour', 'week_hour')) g
        cross join lateral (
            -- include rules/measures_of_part
        ) m
        where m.unit = 'call' and m.direction = 'inbound' and
                -- include rules/measure_only
        group by 1, 2
    ) s;
end
$$;

comment on function cdr.inbound_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) is
    'Inbound calls of the hours that begin in [from, to): answered by a person or the flow, abandoned, service level, wait; by hour, day or hour of the week, and by queue, carrier, gateway or domain.';

revoke all on function cdr.inbound_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) from public;
grant execute on function cdr.inbound_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) to cdretl_loader, cdretl_dashboard;
