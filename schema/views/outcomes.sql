-- Which outcomes there were, by what.

-- name: category_day
-- For each row its category, and for each candidate of an ambiguous one the chance that
-- it was that: n is at least, n_high at most.
create view cdr.category_day as
select
    g.day, g.starts_at, g.ends_at, s.unit, s.provider, s.carrier, s.category, c.label_en as label, c.outcome_group,
    s.n, s.n_high, s.of_n,
    cdr.percent(s.n, s.of_n) as share,
    cdr.percent(s.n_high, s.of_n) as share_high
from cdr.day g
cross join lateral (
    select
        m.unit, m.provider, m.carrier, x.category,
        sum(x.sure) as n,
        sum(m.n) as n_high,
        sum(sum(x.sure)) over (partition by m.unit, m.provider, m.carrier) as of_n
    from (
        -- include rules/measures_of_part
    ) m
    cross join lateral (
        -- include rules/possible_categories
    ) x
    group by m.unit, m.provider, m.carrier, x.category
) s
join cdr.category c on c.category = s.category;

comment on view cdr.category_day is
    'Categories of a day and carrier with their bounds: n and share at least, n_high and share_high with every ambiguous outcome that may be it.';

grant select on cdr.category_day to cdretl_loader, cdretl_dashboard;

-- name: cause_matrix_day
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

-- name: recategorised_day
create view cdr.recategorised_day as
select
    g.day, g.starts_at, g.ends_at, s.unit, s.provider, s.carrier, s.naive_category, s.category, s.confidence,
    s.naive_category <> s.category as is_changed,
    s.n
from cdr.day g
cross join lateral (
    select m.unit, m.provider, m.carrier, m.naive_category, m.category, m.confidence, sum(m.n) as n
    from (
        -- include rules/measures_of_part
    ) m
    group by m.unit, m.provider, m.carrier, m.naive_category, m.category, m.confidence
) s;

comment on view cdr.recategorised_day is
    'What the recomputation changed, by day and carrier: the naive reading of the hang-up cause, and the outcome that the evidence gives.';

grant select on cdr.recategorised_day to cdretl_loader, cdretl_dashboard;

-- name: code_pair
-- First and last hour of every combination that a carrier ever sent.  An export with more
-- columns is no news about a carrier: it is compared with its like only.
--
-- Days tell how many there were, and on which days there may be a first or a last: the hours
-- of these alone are read.
create view cdr.code_pair as
with parts as materialized (
    select g.grain, s.provider, s.gateway, s.hangup_cause, s.sip_code, s.disposition,
        min(s.hour) as first_at, max(s.hour) as last_at, sum(s.n) as n
    from cdr.stat_parts('-infinity', 'infinity') g
    cross join lateral (
        -- include rules/rows_of_part
    ) s
    where s.unit = 'attempt'
    group by g.grain, s.provider, s.gateway, s.hangup_cause, s.sip_code, s.disposition
), pairs as (
    select provider, gateway, hangup_cause, sip_code, disposition, n,
        case when grain = 'hour' then first_at end as first_at, case when grain = 'hour' then last_at end as last_at
    from parts
    union all
    select s.provider, s.gateway, s.hangup_cause, s.sip_code, s.disposition, 0, min(s.hour), max(s.hour)
    from (
        select 'hour' as grain, d.starts_at, d.ends_at
        from cdr.whole_day d
        where d.starts_at in (select first_at from parts where grain = 'day' union select last_at from parts where grain = 'day')
    ) g
    cross join lateral (
        -- include rules/rows_of_part
    ) s
    where s.unit = 'attempt'
    group by s.provider, s.gateway, s.hangup_cause, s.sip_code, s.disposition
)
select
    coalesce(p.name, s.provider, s.gateway, '(none)') as carrier,
    s.provider, s.hangup_cause, s.sip_code, s.disposition,
    min(s.first_at) as first_at,
    max(s.last_at) as last_at,
    sum(s.n) as n,
    min(min(s.first_at)) over (partition by coalesce(p.name, s.provider, s.gateway, '(none)'), s.provider,
        s.hangup_cause is null, s.sip_code is null, s.disposition is null) as carrier_first_at
from pairs s
left join cdr.provider p on p.provider = s.provider
group by 1, s.provider, s.hangup_cause, s.sip_code, s.disposition;

comment on view cdr.code_pair is 'Combinations of hang-up cause, SIP code and disposition that a carrier ever sent, with first and last hour. Reads all statistics.';

grant select on cdr.code_pair to cdretl_loader, cdretl_dashboard;
