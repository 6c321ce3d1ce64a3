-- Unique and repeat callers by queue, and in all.  $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/period
)
select k.key, k.inbound, k.with_number, k.callers, k.repeat_callers, k.repeat_calls, k.repeat_share
from period p
cross join lateral (
    select 1 as place, '(all queues)' as key, c.inbound, c.with_number, c.callers, c.repeat_callers, c.repeat_calls, c.repeat_share
    from cdr.callers_between(p.starts_at, p.ends_at) c
    union all
    select 2, coalesce(c.key, '(none)'), c.inbound, c.with_number, c.callers, c.repeat_callers, c.repeat_calls, c.repeat_share
    from cdr.callers_between(p.starts_at, p.ends_at, 'queue') c
) k
order by k.place, k.inbound desc, 1
