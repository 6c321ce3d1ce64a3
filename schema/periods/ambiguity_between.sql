-- A day against the same weekday of the four weeks before; rising when the two Wilson
-- intervals do not even touch.  A function, since a view would look four weeks back anew
-- for every day.
create function cdr.ambiguity_between(period_from timestamptz, period_to timestamptz)
    returns table (day date, starts_at timestamptz, ends_at timestamptz, carrier text, undetermined numeric, unanswered numeric,
        ambiguity numeric, ambiguity_before numeric, unanswered_before numeric)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with daily as materialized (
        select g.day, g.starts_at, g.ends_at, s.*
        from cdr.day g
        cross join lateral (
            select m.carrier, sum(m.undetermined) as undetermined, sum(m.unanswered) as unanswered
            from (
                -- include rules/measures_of_part
            ) m
            where m.unit = 'attempt'
            group by m.carrier
        ) s
        where g.starts_at >= period_from - interval '29 days' and g.starts_at < period_to
    ), before as (
        select t.day, t.carrier, sum(b.undetermined) as undetermined, sum(b.unanswered) as unanswered
        from daily t
        join daily b on b.carrier = t.carrier and b.day in (t.day - 7, t.day - 14, t.day - 21, t.day - 28)
        group by t.day, t.carrier
    )
    select t.day, t.starts_at, t.ends_at, t.carrier, t.undetermined, t.unanswered,
        cdr.percent(t.undetermined, t.unanswered), cdr.percent(b.undetermined, b.unanswered), b.unanswered
    from daily t
    join before b on b.day = t.day and b.carrier = t.carrier
    where t.starts_at >= period_from
        and least(t.unanswered, b.unanswered) >= (select value::numeric from cdr.setting where setting = 'enough_calls')
        and cdr.wilson_low(t.undetermined, t.unanswered) > cdr.wilson_high(b.undetermined, b.unanswered);
end
$$;

comment on function cdr.ambiguity_between(timestamptz, timestamptz) is 'cdr.signal_ambiguity for the days that begin in [from, to).';

revoke all on function cdr.ambiguity_between(timestamptz, timestamptz) from public;
grant execute on function cdr.ambiguity_between(timestamptz, timestamptz) to cdretl_loader, cdretl_dashboard;
