-- How many rows of the statistics are not what the legs come to, or are missing.  Those of a
-- purged month stay.
with built as (
    select h.* from cdr.hours_between('2026-05-01 00:00+00', '2026-07-01 00:00+00') h
)
select (select count(*) from (select * from cdr.stat_hour except all select * from built) more
        where not exists (select 1 from cdr.purged_month))
    + (select count(*) from (select * from built except all select * from cdr.stat_hour) less);
