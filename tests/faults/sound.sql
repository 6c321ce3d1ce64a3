-- How many rows of the statistics are not what the legs come to, or are missing.
with built as (
    select h.* from cdr.hours_between('2026-05-01 00:00+00', '2026-07-01 00:00+00') h
)
select (select count(*) from (select * from cdr.stat_hour except all select * from built) more)
    + (select count(*) from (select * from built except all select * from cdr.stat_hour) less);
