-- How many missed calls were returned, and how soon.  keyed_by: all, queue or day.
create function cdr.missed_kpi_between(period_from timestamptz, period_to timestamptz, keyed_by text default 'all')
    returns table (key text, missed bigint, returned bigint, called_back bigint, called_again bigint, open bigint,
        no_number bigint, returned_share numeric, returned_share_n bigint, returned_share_ci_low numeric,
        returned_share_ci_high numeric, median_seconds numeric)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    zone text := (select value from cdr.setting where setting = 'zone');
begin
    if keyed_by not in ('all', 'queue', 'day') then
        raise exception 'no missed calls by %', keyed_by;
    end if;
    return query
    select s.key, s.missed, s.returned, s.called_back, s.called_again, s.open, s.missed - s.returned - s.open,
        cdr.percent(s.returned, s.returned + s.open), s.returned + s.open,
        cdr.wilson_low(s.returned, s.returned + s.open), cdr.wilson_high(s.returned, s.returned + s.open),
        s.median_seconds
    from (
        select
            case keyed_by when 'queue' then m.queue when 'day' then to_char(m.started_at at time zone zone, 'YYYY-MM-DD') end as key,
            count(*) as missed,
            count(*) filter (where m.state = 'returned') as returned,
            count(*) filter (where m.returned_by = 'called_back') as called_back,
            count(*) filter (where m.returned_by = 'called_again') as called_again,
            count(*) filter (where m.state = 'open') as open,
            round((percentile_cont(0.5) within group (order by m.after_seconds))::numeric) as median_seconds
        from cdr.missed_between(period_from, period_to) m
        group by 1
    ) s;
end
$$;

comment on function cdr.missed_kpi_between(timestamptz, timestamptz, text) is
    'Missed calls of [from, to) in figures, in all, by queue or by day: returned (called back, called again), open, without a number; returned_share of those with a number; median seconds until contact.';

revoke all on function cdr.missed_kpi_between(timestamptz, timestamptz, text) from public;
grant execute on function cdr.missed_kpi_between(timestamptz, timestamptz, text) to cdretl_loader, cdretl_dashboard;
