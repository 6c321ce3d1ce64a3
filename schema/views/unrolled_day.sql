-- A day that shows some hour twice at midnight is read by the hour: where clocks go back to
-- 0:00, the first such hour belongs to the day by its date, and lies before its beginning.
create view cdr.unrolled_day as
select d.day, d.starts_at, d.ends_at
from cdr.day d
join cdr.setting z on z.setting = 'zone'
where d.grain = 'hour'
    and date_trunc('day', d.ends_at - interval '1 hour', z.value) = d.starts_at
    and exists (select 1 from cdr.stat_hour s where s.hour >= d.starts_at and s.hour < d.ends_at);

comment on view cdr.unrolled_day is 'Days with statistics that cdr.stat_day does not have yet; the end of the next run adds them up.';

grant select on cdr.unrolled_day to cdretl_loader, cdretl_dashboard;
