-- The rows of cdr.stat_hour for the hours of [period_from, period_to), behind a list `legs`.
all_calls as not materialized (
    -- include rules/calls
), calls as not materialized (
    select * from all_calls where started_at >= period_from and started_at < period_to
), all_attempts as not materialized (
    -- include rules/attempts
), attempts as not materialized (
    select * from all_attempts where started_at >= period_from and started_at < period_to
)
-- include rules/hours
