-- What the files of the period brought: one row.
-- $1 first day, $2 day behind the last (null: open).
select
    count(*) as files,
    coalesce(sum(f.records), 0) as records,
    coalesce(sum(f.inserted), 0) as inserted,
    coalesce(sum(f.updated), 0) as updated,
    coalesce(sum(f.unchanged + f.duplicate), 0) as known,
    coalesce(sum(f.rejected), 0) as rejected,
    cdr.percent(sum(f.rejected), sum(f.records)) as rejected_share,
    coalesce(sum(f.ambiguous_times), 0) as ambiguous_times,
    (select h.rejects_open from cdr.health h) as rejects_open
from cdr.setting z
left join cdr.file f
    on f.verdict = 'loaded'
    and f.last_at >= coalesce($1::timestamp at time zone z.value, '-infinity')
    and f.first_at < coalesce($2::timestamp at time zone z.value, 'infinity')
where z.setting = 'zone'
