-- The days that may be read from the roll-up: of the zone that days are in now.
create view cdr.whole_day as
select r.starts_at, r.ends_at
from cdr.rolled_day r
join cdr.setting z on z.setting = 'zone' and z.value = r.zone;

comment on view cdr.whole_day is 'Days of the zone in cdr.setting that cdr.stat_day has.';

grant select on cdr.whole_day to cdretl_loader, cdretl_dashboard;
