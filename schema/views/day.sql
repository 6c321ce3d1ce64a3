-- The days of which something is known, also the empty ones between.  A filter on the day
-- or its instants reaches cdr.stat_hour through it as a range of hours.
create view cdr.day as
select
    d::date as day,
    d at time zone z.zone as starts_at,
    (d + interval '1 day') at time zone z.zone as ends_at,
    case when w.starts_at is null then 'hour' else 'day' end as grain
from (select value as zone from cdr.setting where setting = 'zone') z
cross join lateral (
    select min(hour) at time zone z.zone as first_local, max(hour) at time zone z.zone as last_local
    from cdr.stat_hour
) known
cross join lateral generate_series(date_trunc('day', first_local), last_local, interval '1 day') d
left join cdr.whole_day w on w.starts_at = d at time zone z.zone;

comment on view cdr.day is 'Days of the zone in cdr.setting, from the first to the last of which anything is known, and whether the roll-up has each (grain day) or its hours are read.';

grant select on cdr.day to cdretl_loader, cdretl_dashboard;
