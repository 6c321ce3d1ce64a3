-- The figures of a period by one key.
-- $1 first day, $2 day behind the last (null: open), $3 unit: call or attempt,
-- $4 the key.
--
-- ASR is answered by seizures: what never left the platform is no seizure, and
-- legs that moved or lost a race are no attempt at all (cdr.category says which).
-- ACD is billed seconds by answered, and nothing when nobody answered.
with zone as (
    select value as name from cdr.setting where setting = 'zone'
), counted as (
    select
        coalesce(case $4
            when 'provider' then s.provider
            when 'gateway' then s.gateway
            when 'category' then s.category
            when 'confidence' then s.confidence
            when 'direction' then s.direction
            when 'queue' then s.queue
            when 'domain' then s.domain
            when 'cause' then s.hangup_cause
            when 'sip' then s.sip_code::text
            when 'day' then to_char(s.hour at time zone z.name, 'YYYY-MM-DD')
            when 'hour' then to_char(s.hour at time zone z.name, 'YYYY-MM-DD HH24:00')
        end, '(none)') as key,
        sum(s.n) as n,
        sum(s.answered) as answered,
        sum(case when c.is_seizure then s.n else s.answered end) as seizures,
        sum(s.bill_seconds) as bill_seconds,
        sum(s.n) filter (where s.confidence = 'ambiguous') as ambiguous
    from cdr.stat_hour s
    join cdr.category c on c.category = s.category, zone z
    where s.unit = $3
        and s.hour >= coalesce($1::timestamp at time zone z.name, '-infinity')
        and s.hour < coalesce($2::timestamp at time zone z.name, 'infinity')
    group by 1
)
select key, n, seizures, answered,
    round(100.0 * answered / nullif(seizures, 0), 1) as asr,
    round(bill_seconds / nullif(answered, 0), 1) as acd,
    round(100.0 * coalesce(ambiguous, 0) / nullif(n, 0), 1) as ambiguous_percent,
    round(1.0 * answered / nullif(seizures, 0), 4) as share
from counted
order by case when $4 in ('day', 'hour') then key end, n desc, key
