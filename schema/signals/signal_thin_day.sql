create view cdr.signal_thin_day as
select h.*
from cdr.day_habit h
where h.percent < (select value::numeric from cdr.setting where setting = 'thin_day_percent');

comment on view cdr.signal_thin_day is 'Days with far fewer calls than the same weekday around: an export is cut.';

grant select on cdr.signal_thin_day to cdretl_loader, cdretl_dashboard;
