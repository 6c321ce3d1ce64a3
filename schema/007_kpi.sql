-- KPIs, matrices and signals over cdr.stat_hour: views that dashboards read.
-- Ratios with their sample size, NULL on an empty denominator, low and high
-- when outcomes are ambiguous, Wilson interval; days in the zone of cdr.setting.

set local role cdretl_owner;
