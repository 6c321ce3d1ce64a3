-- Where the figures of a period come from: whole days from the roll-up, what is between them
-- and at both ends from the hours; by_hour: all of it.  Days in a row are one part.
create function cdr.stat_parts(period_from timestamptz, period_to timestamptz, by_hour boolean default false)
    returns table (grain text, starts_at timestamptz, ends_at timestamptz)
    language plpgsql
    stable
    rows 3
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with days as materialized (
        select min(f.starts_at) as starts_at, max(f.ends_at) as ends_at
        from (
            select w.*, sum(case when w.follows then 0 else 1 end) over (order by w.starts_at) as island
            from (
                select d.*, d.starts_at = lag(d.ends_at) over (order by d.starts_at) as follows
                from cdr.whole_day d
                where not by_hour and d.starts_at >= period_from and d.ends_at <= period_to
            ) w
        ) f
        group by f.island
    )
    select 'day', d.starts_at, d.ends_at from days d
    union all
    select 'hour', h.starts_at, h.ends_at
    from (
        select coalesce(lag(e.ends_at) over (order by e.starts_at), period_from) as starts_at, e.starts_at as ends_at
        from (
            select d.starts_at, d.ends_at from days d
            union all
            select period_to, null
        ) e
    ) h
    where h.starts_at < h.ends_at;
end
$$;

comment on function cdr.stat_parts(timestamptz, timestamptz, boolean) is
    'Where the figures of [from, to) come from: its parts, and the grain of each, day (cdr.measure_day) or hour (cdr.measure_hour). by_hour: all from hours.';

revoke all on function cdr.stat_parts(timestamptz, timestamptz, boolean) from public;
grant execute on function cdr.stat_parts(timestamptz, timestamptz, boolean) to cdretl_loader, cdretl_dashboard;
