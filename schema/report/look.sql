-- What deserves a look, newest first: kind, at and until (local time), carrier, and the
-- figures that its sentence has.  Missing hours in a row are one.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
), missing as (
    select s.hour, s.expected, s.hour - row_number() over (order by s.hour) * interval '1 hour' as island
    from period p
    join cdr.signal_missing_hour s on s.hour >= p.starts_at and s.hour < p.ends_at
), found as (
    select 'incident' as kind, i.starts_at as at, i.ends_at as until, i.carrier, null::text as word, i.failed as n,
        i.seizures as total, i.share as value, i.otherwise as other
    from period p
    cross join lateral cdr.incidents_between(p.starts_at, p.ends_at) i
    union all
    select 'missing_hour', min(m.hour), max(m.hour) + interval '1 hour', null, null, null, null, null, round(avg(m.expected))
    from missing m
    group by m.island
    union all
    select 'thin_day', s.starts_at, null, null, null, s.n, null, null, s.expected
    from period p
    join cdr.signal_thin_day s on s.starts_at >= p.starts_at and s.starts_at < p.ends_at
    union all
    select 'thick_day', s.starts_at, null, null, null, s.n, null, null, s.expected
    from period p
    join cdr.signal_thick_day s on s.starts_at >= p.starts_at and s.starts_at < p.ends_at
    union all
    select 'ambiguity', a.starts_at, null, a.carrier, null, a.undetermined, a.unanswered, a.ambiguity, a.ambiguity_before
    from period p
    cross join lateral cdr.ambiguity_between(p.starts_at, p.ends_at) a
    union all
    select 'new_pair', s.first_at, null, s.carrier,
        concat_ws(' ', s.hangup_cause, s.sip_code::text, s.disposition), s.n, null, null, null
    from period p
    join cdr.signal_new_pair s on s.first_at >= p.starts_at and s.first_at < p.ends_at
)
select f.kind, to_char(f.at at time zone p.zone, 'YYYY-MM-DD HH24:MI') as at,
    to_char(f.until at time zone p.zone, 'YYYY-MM-DD HH24:MI') as until, f.carrier, f.word, f.n, f.total, f.value, f.other
from period p
cross join found f
order by f.at desc, f.kind, f.carrier, f.word
