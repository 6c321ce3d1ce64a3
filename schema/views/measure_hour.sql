create view cdr.measure_hour as
with s as (
    select * from cdr.stat_hour
)
-- include rules/measures
;

comment on view cdr.measure_hour is
    'Calls and attempts by the hour, as additive measures: who counts in which denominator. Sum what you like, then divide: cdr.percent(sum(answered), sum(seizures)).';

grant select on cdr.measure_hour to cdretl_loader, cdretl_dashboard;
