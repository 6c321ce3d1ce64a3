-- Who called, and how often.  keyed_by: all, queue or day.  A caller of two queues is one of
-- each, and one in all.
create function cdr.callers_between(period_from timestamptz, period_to timestamptz, keyed_by text default 'all')
    returns table (key text, inbound bigint, with_number bigint, callers bigint, repeat_callers bigint, repeat_calls bigint,
        repeat_share numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if keyed_by not in ('all', 'queue', 'day') then
        raise exception 'no callers by %', keyed_by;
    end if;
    return query
    with legs as not materialized (
        -- include rules/legs_of_period
    ), calls as not materialized (
        -- include rules/calls
    ), numbers as materialized (
        select
            case keyed_by when 'queue' then c.queue when 'day' then to_char(c.started_at at time zone zone, 'YYYY-MM-DD') end as key,
            cdr.number_key(c.caller_e164, c.caller) as number,
            count(*) as calls
        from calls c
        where c.direction = 'inbound' and c.started_at >= period_from and c.started_at < period_to
        group by 1, 2
    )
    select n.key, sum(n.calls)::bigint,
        coalesce(sum(n.calls) filter (where n.number is not null), 0)::bigint,
        count(n.number),
        count(n.number) filter (where n.calls > 1),
        coalesce(sum(n.calls - 1) filter (where n.number is not null), 0)::bigint,
        cdr.percent(sum(n.calls - 1) filter (where n.number is not null), sum(n.calls) filter (where n.number is not null))
    from numbers n
    group by n.key;
end
$$;

comment on function cdr.callers_between(timestamptz, timestamptz, text) is
    'Inbound calls of [from, to), in all, by queue or by day: with a number, how many numbers called, how many of them oftener than once, calls beyond each one''s first, and their share of those with a number. Reads legs.';

revoke all on function cdr.callers_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.callers_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;
