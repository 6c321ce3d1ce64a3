create view cdr.measure_day as
with s (hour) as (
    select * from cdr.stat_day
)
-- include rules/measures
;

comment on view cdr.measure_day is
    'The rows of cdr.stat_day as cdr.measure_hour has those of an hour; hour is the beginning of the day. Only days that cdr.stat_parts() names: others are not there.';

grant select on cdr.measure_day to cdretl_loader, cdretl_dashboard;
