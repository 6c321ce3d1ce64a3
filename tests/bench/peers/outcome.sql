-- What every leg that is loaded came to, by what its export says: peers look it up; and the
-- hours that they count.
create table public.outcome as
select distinct hangup_cause, sip_code, hangup_by, direction, webitel_result, gateway,
    case when bill_seconds > 0 then 0 else duration end as lasted, provider, release, is_outbound, answered, category, confidence,
    alternatives, outcome_group, ended_by, rule_id, naive_category
from cdr.leg;
create table public.period as
select date_trunc('hour', min(started_at)) as starts_at, max(started_at) + interval '1 hour' as ends_at from cdr.leg;
analyze public.outcome;
