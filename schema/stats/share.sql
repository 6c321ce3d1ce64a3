-- How often each value of one key occurs in a period.
-- $1 beginning, $2 end (instants; null: open), $3 unit: call or attempt,
-- $4 the key.  An ambiguous outcome counts once, under UNDETERMINED; n_high says
-- how often a category may have been it besides.
with period as (
    -- include rules/period
)
select key, n, n_high,
    cdr.percent(n, sum(n) over ()) as share,
    cdr.percent(n_high, sum(n) over ()) as share_high,
    case when n_high > n then 'up to ' || round(cdr.percent(n_high, sum(n) over ()), 1) else '' end as range,
    round(n / nullif(sum(n) over (), 0), 4) as bar
from (
    select
        coalesce(case $4
            when 'category' then x.category
            when 'confidence' then m.confidence
            when 'cause' then m.hangup_cause
            when 'sip' then m.sip_code::text
        end, '(none)') as key,
        sum(x.sure) as n,
        sum(m.n) as n_high
    from period p
    cross join cdr.measure_hour m
    cross join lateral (
        select m.category, m.n as sure
        union all
        select a, 0 from unnest(m.alternatives) a where $4 = 'category'
    ) x
    where m.unit = $3
        and m.hour >= p.starts_at
        and m.hour < p.ends_at
    group by 1
) s
order by n desc, key
