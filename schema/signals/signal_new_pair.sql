create view cdr.signal_new_pair as
select
    f.carrier, f.provider, f.hangup_cause, f.sip_code, f.disposition, f.first_at, f.last_at, f.n, f.carrier_first_at
from cdr.code_pair f
where f.first_at >= f.carrier_first_at
    + (select value::integer from cdr.setting where setting = 'new_pair_days') * interval '1 day';

comment on view cdr.signal_new_pair is 'Combinations that a carrier began to send after cdr.setting new_pair_days: a rule may be missing.';

grant select on cdr.signal_new_pair to cdretl_loader, cdretl_dashboard;
