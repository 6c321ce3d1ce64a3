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
