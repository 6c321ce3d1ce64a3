-- The report's head: the period, and its figures in one row.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select
    to_char(h.first_hour at time zone p.zone, 'FMDD FMMonth YYYY') as first_day,
    to_char(h.last_hour at time zone p.zone, 'FMDD FMMonth YYYY') as last_day,
    p.zone, h.calls, k.n, k.seizures, k.answered, k.asr, k.asr_ci_low, k.asr_ci_high, k.ner_low, k.ner_high, k.acd,
    k.undetermined, k.unanswered, k.ambiguity, k.recategorised, k.recategorisation, k.naive_asr,
    (select left(r.identity, 12) from cdr.ruleset r order by r.ruleset_id desc limit 1) as ruleset
from period p
cross join lateral (
    select min(s.hour) as first_hour, max(s.hour) as last_hour, sum(s.n) filter (where s.unit = 'call') as calls
    from cdr.stat_hour s
    where s.hour >= p.starts_at and s.hour < p.ends_at
) h
left join lateral cdr.kpi_between(p.starts_at, p.ends_at, $3) k on true
