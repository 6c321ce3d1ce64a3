-- Days that the same recomputation has finished before: by the same rule set ($1) and
-- program ($2), for the period $3 to $4, carriers $5 and categories $6.  Not those into
-- which others have brought legs, or outcomes, since.  A leg may be stored a day and two
-- hours from where a file tells it; calls reach over a midnight.
select distinct on (s.first_at, s.next_at)
    floor(extract(epoch from s.first_at) * 1000)::bigint as first_ms,
    floor(extract(epoch from s.next_at) * 1000)::bigint as next_ms,
    s.legs, s.changed
from cdr.recompute_slice s
join cdr.run r on r.run_id = s.run_id
where s.closed_by_run is null
    and r.ruleset_id = $1::integer and r.program = $2
    and s.period_from = $3::timestamptz and s.period_to = $4::timestamptz
    and s.providers is not distinct from $5::text[]
    and s.categories is not distinct from $6::text[]
    and not exists (
        select 1 from cdr.file f
        join cdr.run o on o.run_id = f.run_id
        where f.file_id > s.file_id and f.verdict = 'loaded'
            and (o.ruleset_id is distinct from r.ruleset_id or o.program <> r.program)
            and f.last_at >= s.first_at - cdr.leg_reach()
            and f.first_at < s.next_at + cdr.leg_reach()
    )
    and not exists (
        select 1 from cdr.recompute_slice n
        join cdr.run o on o.run_id = n.run_id
        where n.slice_id > s.slice_id and n.changed > 0
            and (o.ruleset_id is distinct from r.ruleset_id or o.program <> r.program)
            and n.first_at < s.next_at + cdr.call_reach()
            and n.next_at > s.first_at - cdr.call_reach()
    )
order by s.first_at, s.next_at, s.slice_id desc;
