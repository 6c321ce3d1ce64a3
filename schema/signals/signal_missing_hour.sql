-- The weeks around are those before and behind, by the local clock, as far as anything is
-- known: an hour that is closed every Sunday is not missing.
create view cdr.signal_missing_hour as
select h.hour, w.weeks, round(w.n / w.weeks, 1) as expected
from (select min(hour) as first_hour, max(hour) as last_hour from cdr.stat_hour) known
cross join lateral generate_series(known.first_hour, known.last_hour, interval '1 hour') h(hour)
cross join (select value as zone from cdr.setting where setting = 'zone') z
cross join lateral (
    select count(*) as weeks, coalesce(sum(c.n), 0) as n
    from generate_series(-4, 4) k
    cross join lateral (select ((h.hour at time zone z.zone) + k * interval '7 days') at time zone z.zone as hour) o
    cross join lateral (
        select coalesce(sum(s.n), 0) as n from cdr.stat_hour s where s.hour = o.hour and s.unit = 'call'
    ) c
    where k <> 0 and o.hour between known.first_hour and known.last_hour
) w
where not exists (select 1 from cdr.stat_hour s where s.hour = h.hour and s.unit = 'call')
    and w.weeks > 0
    and w.n / w.weeks >= (select value::numeric from cdr.setting where setting = 'missing_hour_calls');

comment on view cdr.signal_missing_hour is 'Hours without calls where the weeks around have some: an export is missing.';

grant select on cdr.signal_missing_hour to cdretl_loader, cdretl_dashboard;
