-- The last day is left out: it may not be over yet.
create view cdr.day_habit as
select g.day, g.starts_at, g.ends_at, own.n, w.weeks, round(w.n / w.weeks, 1) as expected,
    cdr.percent(own.n, w.n / w.weeks) as percent
from (select min(hour) as first_hour, max(hour) as last_hour from cdr.stat_hour) known
join cdr.day g on g.ends_at <= known.last_hour
cross join (select value as zone from cdr.setting where setting = 'zone') z
cross join lateral (
    -- include rules/calls_of_part
) own
cross join lateral (
    select count(*) as weeks, sum(c.n) as n
    from generate_series(-4, 4) k
    cross join lateral (
        select (g.day + k * 7)::timestamp at time zone z.zone as starts_at,
            (g.day + k * 7 + 1)::timestamp at time zone z.zone as ends_at
    ) o
    left join cdr.whole_day r on r.starts_at = o.starts_at
    cross join lateral (
        select o.starts_at, o.ends_at, case when r.starts_at is null then 'hour' else 'day' end as grain
    ) g
    cross join lateral (
        -- include rules/calls_of_part
    ) c
    where k <> 0 and g.ends_at > known.first_hour and g.ends_at <= known.last_hour
) w
where w.weeks > 0
    and w.n / w.weeks >= (select value::numeric from cdr.setting where setting = 'enough_calls');

comment on view cdr.day_habit is 'Calls of a day beside those of the same weekday in the four weeks before and behind.';

grant select on cdr.day_habit to cdretl_loader, cdretl_dashboard;
