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
        select m.category, m.n as sure
        union all
        select a, 0 from unnest(m.alternatives) a
    ) x
    group by m.unit, m.provider, m.carrier, x.category
) s
join cdr.category c on c.category = s.category;

comment on view cdr.category_day is
    'Categories of a day and carrier with their bounds: n and share at least, n_high and share_high with every ambiguous outcome that may be it.';

grant select on cdr.category_day to cdretl_loader, cdretl_dashboard;
