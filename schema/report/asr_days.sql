-- ASR by day with its interval, and what the hang-up cause alone would say.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select
    to_char(k.at at time zone p.zone, 'YYYY-MM-DD') as day,
    to_char(k.at at time zone p.zone, 'Dy FMDD Mon') as label,
    k.asr, k.asr_ci_low, k.asr_ci_high, k.naive_asr, k.seizures
from period p
cross join lateral cdr.kpi_between(p.starts_at, p.ends_at, $3, 'day') k
order by 1
