-- What the files of the period brought: one row.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select
    count(f.*) as files,
    coalesce(sum(f.records), 0) as records,
    coalesce(sum(f.inserted), 0) as inserted,
    coalesce(sum(f.updated), 0) as updated,
    coalesce(sum(f.unchanged + f.duplicate), 0) as known,
    coalesce(sum(f.rejected), 0) as rejected,
    cdr.percent(sum(f.rejected), sum(f.records)) as rejected_share,
    coalesce(sum(f.ambiguous_times), 0) as ambiguous_times,
    (select h.rejects_open from cdr.health h) as rejects_open
from period p
left join cdr.file f
    on f.verdict = 'loaded'
    and f.last_at >= p.starts_at
    and f.first_at < p.ends_at
