create view cdr.cause_matrix_day as
select
    g.day, g.starts_at, g.ends_at, s.*,
    cdr.percent(s.n, s.of_n) as share
from cdr.day g
cross join lateral (
    select
        m.unit, m.provider, m.carrier, m.category, m.confidence, m.hangup_cause, m.sip_code, m.disposition,
        sum(m.n) as n,
        sum(sum(m.n)) over (partition by m.unit, m.provider, m.carrier) as of_n
    from (
        -- include rules/measures_of_part
    ) m
    group by m.unit, m.provider, m.carrier, m.category, m.confidence, m.hangup_cause, m.sip_code, m.disposition
) s;

comment on view cdr.cause_matrix_day is
    'Which hang-up causes and SIP codes became which category, by day and carrier; share is of the carrier''s day and sums to 100.';

grant select on cdr.cause_matrix_day to cdretl_loader, cdretl_dashboard;
