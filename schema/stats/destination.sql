-- Attempts by $4: operator, country or prefix of the called number.  $1 beginning, $2 end
-- (instants; null: open), $3 is attempt.
with period as (
    -- include rules/period
)
select
    case $4 when 'country' then d.country
        when 'operator' then concat_ws(', ', d.country, d.operator)
        else concat_ws(' ', d.prefix, d.operator, case when d.prefix is null then d.country end)
    end as key,
    d.kind, d.attempts, d.seizures, d.answered, d.asr, d.asr_ci_low, d.asr_ci_high, d.persons, d.machines, d.minutes, d.acd,
    round(d.answered / nullif(d.seizures, 0)::numeric, 4) as bar
from period p
cross join lateral cdr.destinations_between(p.starts_at, p.ends_at, $4) d
where $3::text is not null
order by d.attempts desc, 1
