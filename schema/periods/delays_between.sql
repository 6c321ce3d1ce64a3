-- Percentiles cannot be added up, so these are read from the legs of the period.  The
-- function reads them with its owner's rights and gives nobody's number away.
create function cdr.delays_between(period_from timestamptz, period_to timestamptz)
    returns table (provider text, carrier text, pdd_n bigint, pdd_median numeric, pdd_p95 numeric,
        pgad_n bigint, pgad_median numeric, pgad_p95 numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select
        d.provider,
        d.carrier,
        count(d.pdd),
        round((percentile_cont(0.5) within group (order by d.pdd))::numeric, 1),
        round((percentile_cont(0.95) within group (order by d.pdd))::numeric, 1),
        count(d.pgad),
        round((percentile_cont(0.5) within group (order by d.pgad))::numeric, 1),
        round((percentile_cont(0.95) within group (order by d.pgad))::numeric, 1)
    from (
        select
            u.provider,
            coalesce(p.name, u.provider, u.gateway, '(none)') as carrier,
            u.pdd_seconds as pdd,
            case when u.answered and u.duration >= u.bill_seconds then u.duration - u.bill_seconds end as pgad
        from cdr.attempts_between(period_from, period_to) u
        left join cdr.provider p on p.provider = u.provider
    ) d
    group by 1, 2;
end
$$;

comment on function cdr.delays_between(timestamptz, timestamptz) is
    'Post dial delay and answer delay by carrier over [from, to): sample, median, 95th percentile. Reads legs: ask for days, not for years.';

revoke all on function cdr.delays_between(timestamptz, timestamptz) from public;
grant execute on function cdr.delays_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
