-- The statistics once more by the day, so that a long period is read from few rows.
--
-- Which days the roll-up has stands beside it: whoever changes an hour takes its day out in
-- the same transaction, and the end of a run puts days in.  Days that are not in, and all of
-- them when the zone of cdr.setting is another, are read by the hour.

set local role cdretl_owner;

create table cdr.stat_day (like cdr.stat_hour including comments including constraints);

alter table cdr.stat_day rename column hour to starts_at;

create index stat_day_starts_at on cdr.stat_day (starts_at, unit) include (n);

comment on table cdr.stat_day is 'cdr.stat_hour added up by the day, for the days in cdr.rolled_day. Which days are there cdr.stat_parts() tells.';
comment on column cdr.stat_day.starts_at is 'Beginning of the day.';

create table cdr.rolled_day (
    starts_at timestamptz primary key,
    ends_at timestamptz not null,
    zone text not null
);

comment on table cdr.rolled_day is 'Days of which cdr.stat_day has the sums of all hours that begin in them.';
comment on column cdr.rolled_day.starts_at is 'Beginning of the day.';
comment on column cdr.rolled_day.ends_at is 'Its end, half-open.';
comment on column cdr.rolled_day.zone is 'Whose day it is.';

grant select on cdr.stat_day, cdr.rolled_day to cdretl_loader, cdretl_dashboard;
grant insert, update, delete on cdr.stat_day, cdr.rolled_day to cdretl_loader;
