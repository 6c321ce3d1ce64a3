-- Minutes of a period.  What a carrier bills is the attempts' part, what people spent the
-- calls'.  Seconds are summed, and made minutes last.
create function cdr.minutes_between(period_from timestamptz, period_to timestamptz, bucket text default 'all',
        keyed_by text default 'all', only_carriers text[] default null,
        only_gateways text[] default null, only_directions text[] default null, only_queues text[] default null,
        only_domains text[] default null)
    returns table (at timestamptz, key text, calls numeric, attempts numeric, carrier_minutes numeric, call_minutes numeric,
        talk_minutes numeric, hold_minutes numeric, wait_minutes numeric)
    language plpgsql
    stable
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if bucket not in ('all', 'hour', 'day') or keyed_by not in ('all', 'carrier', 'gateway', 'direction', 'queue', 'domain') then
        raise exception 'no minutes by % and %', bucket, keyed_by;
    end if;
    return query
    select
        case bucket when 'hour' then m.hour when 'day' then date_trunc('day', m.hour, zone) end,
        case keyed_by
            when 'carrier' then m.carrier
            when 'gateway' then m.gateway
            when 'direction' then m.direction
            when 'queue' then m.queue
            when 'domain' then m.domain
        end,
        coalesce(sum(m.n) filter (where m.unit = 'call'), 0),
        coalesce(sum(m.n) filter (where m.unit = 'attempt'), 0),
        round(coalesce(sum(m.bill_seconds) filter (where m.unit = 'attempt'), 0) / 60.0, 1),
        round(coalesce(sum(m.bill_seconds) filter (where m.unit = 'call'), 0) / 60.0, 1),
        round(coalesce(sum(m.talk_seconds) filter (where m.unit = 'call'), 0) / 60.0, 1),
        round(coalesce(sum(m.hold_seconds) filter (where m.unit = 'call'), 0) / 60.0, 1),
        round(coalesce(sum(m.wait_seconds) filter (where m.unit = 'call'), 0) / 60.0, 1)
    from cdr.stat_parts(period_from, period_to, bucket = 'hour') g
    cross join lateral (
        -- include rules/measures_of_part
    ) m
    where
        -- include rules/measure_only
    group by 1, 2;
end
$$;

comment on function cdr.minutes_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) is
    'Minutes of the hours that begin in [from, to): billed by attempts (what carriers count) and by calls, of talk, hold and waiting; by hour or day, and by carrier, gateway, direction, queue or domain.';

revoke all on function cdr.minutes_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) from public;
grant execute on function cdr.minutes_between(timestamptz, timestamptz, text, text, text[], text[], text[], text[], text[]) to cdretl_loader, cdretl_dashboard;
