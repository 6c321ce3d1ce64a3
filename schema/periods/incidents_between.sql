-- Hours in which a carrier's network failed far more often than it does: the interval of
-- their share lies above twice the usual and five points.  The usual is that of the period
-- and two weeks before it; hours in a row are one incident.
create function cdr.incidents_between(period_from timestamptz, period_to timestamptz)
    returns table (carrier text, starts_at timestamptz, ends_at timestamptz, failed numeric, seizures numeric, share numeric,
        otherwise numeric)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with hourly as materialized (
        select m.hour, m.carrier, sum(m.seizures) as seizures,
            coalesce(sum(m.unanswered) filter (where c.outcome_group = 'network'), 0) as failed
        from cdr.measure_hour m
        join cdr.category c on c.category = m.category
        where m.unit = 'attempt' and m.hour >= period_from - interval '14 days' and m.hour < period_to
        group by 1, 2
    ), judged as (
        select h.*, h.failed >= (select value::numeric from cdr.setting where setting = 'incident_failures')
            and cdr.wilson_low(h.failed, h.seizures)
                > 2 * cdr.percent(sum(h.failed) over (partition by h.carrier), sum(h.seizures) over (partition by h.carrier)) + 5
            as is_bad
        from hourly h
    ), bad as (
        select b.*, b.hour - row_number() over (partition by b.carrier order by b.hour) * interval '1 hour' as island
        from judged b
        where b.is_bad
    ), usual as (
        select g.carrier, cdr.percent(sum(g.failed), sum(g.seizures)) as share
        from judged g
        where g.is_bad is not true
        group by g.carrier
    )
    select b.carrier, min(b.hour), max(b.hour) + interval '1 hour', sum(b.failed), sum(b.seizures),
        cdr.percent(sum(b.failed), sum(b.seizures)), min(u.share)
    from bad b
    left join usual u on u.carrier = b.carrier
    group by b.carrier, b.island
    having min(b.hour) >= period_from;
end
$$;

comment on function cdr.incidents_between(timestamptz, timestamptz) is 'cdr.signal_incident for incidents that begin in [from, to).';

revoke all on function cdr.incidents_between(timestamptz, timestamptz) from public;
grant execute on function cdr.incidents_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
