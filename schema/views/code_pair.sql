-- First and last hour of every combination that a carrier ever sent.  An export with more
-- columns is no news about a carrier: it is compared with its like only.
create view cdr.code_pair as
select
    coalesce(p.name, s.provider, s.gateway, '(none)') as carrier,
    s.provider, s.hangup_cause, s.sip_code, s.disposition,
    min(s.first_at) as first_at,
    max(s.last_at) as last_at,
    sum(s.n) as n,
    min(min(s.first_at)) over (partition by coalesce(p.name, s.provider, s.gateway, '(none)'), s.provider,
        s.hangup_cause is null, s.sip_code is null, s.disposition is null) as carrier_first_at
from (
    select provider, gateway, hangup_cause, sip_code, disposition, min(hour) as first_at, max(hour) as last_at, sum(n) as n
    from cdr.stat_hour
    where unit = 'attempt'
    group by provider, gateway, hangup_cause, sip_code, disposition
) s
left join cdr.provider p on p.provider = s.provider
group by 1, s.provider, s.hangup_cause, s.sip_code, s.disposition;

comment on view cdr.code_pair is 'Combinations of hang-up cause, SIP code and disposition that a carrier ever sent, with first and last hour. Reads all statistics.';

grant select on cdr.code_pair to cdretl_loader, cdretl_dashboard;
