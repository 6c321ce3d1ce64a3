-- Signals of the period: which, when, who, and a sentence.  Missing hours in a row
-- are one.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
), known as materialized (
    select s.signal, s.at, s.carrier, s.about, p.zone as zone
    from period p
    cross join lateral cdr.signals_between(p.starts_at,
        p.ends_at) s
    where s.signal not in ('empty_file', 'incident')
), worded as (
    select signal, at, carrier,
        to_char(at at time zone zone, case when signal in ('thin_day', 'ambiguity') then 'Dy FMDD Mon' else 'Dy FMDD Mon HH24:MI' end)
            as period,
        regexp_replace(about, '^\d{4}-\d\d-\d\d: ', '') as about
    from known
    where signal <> 'missing_hour'
    union all
    select 'missing_hour', min(at), null,
        to_char(min(at) at time zone zone, 'Dy FMDD Mon HH24:MI') || ' to '
            || to_char((max(at) + interval '1 hour') at time zone zone, 'HH24:MI'),
        'there should be some, going by the weeks around'
    from (
        select at, zone, at - row_number() over (order by at) * interval '1 hour' as island
        from known
        where signal = 'missing_hour'
    ) h
    group by island, zone
)
select signal, period, carrier, about, count(*) over () as total
from worded
order by array_position(array['missing_hour', 'thin_day', 'ambiguity', 'new_pair'], signal), at, carrier, about
limit 15
