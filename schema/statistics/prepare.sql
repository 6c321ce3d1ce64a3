-- Working tables of a difference to the statistics.
--   call_leg   all legs of calls that change
--   delta      what they counted for (sign -1), and what they count for now (sign 1)
--   net        the difference, group by group, where there is one
-- They are made once a session: a file of a thousand rows would spend half its time here.
create temp table call_leg (like cdr.leg) on commit delete rows;
create temp table delta (like cdr.stat_hour, sign integer default 1) on commit delete rows;
create temp table net (like cdr.stat_hour) on commit delete rows;
