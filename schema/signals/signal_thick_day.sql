create view cdr.signal_thick_day as
select h.*
from cdr.day_habit h
where h.percent > (select value::numeric from cdr.setting where setting = 'thick_day_percent');

comment on view cdr.signal_thick_day is 'Days with far more calls than the same weekday around: something was exported twice, or happened.';

grant select on cdr.signal_thick_day to cdretl_loader, cdretl_dashboard;
