-- What reading the evidence changed, question by question.  $1 beginning, $2 end (instants;
-- null: open), $3 unit: call or attempt.
with period as (
    -- include rules/period
)
select
    case c.question
        when 'answered' then 'the network answered'
        when 'person' then 'a person answered'
        when 'machine' then 'a machine answered'
        when 'delivered' then 'the network delivered'
        else 'undetermined'
    end as key,
    c.of_n, c.naive, c.now_low, c.now_high, c.agreed, c.gained, c.lost,
    case when c.now_high > c.now_low then 'up to ' || c.now_high else '' end as range
from period p
cross join lateral cdr.changed_between(p.starts_at, p.ends_at, $3) c
