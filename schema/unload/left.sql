-- What other files have of them: as the sources say, and the legs themselves.  A leg about
-- which exports differ may name another file than the one whose version it is, for that
-- one names gateways; then the sources say all.
insert into pg_temp.left_version
select distinct v.leg_key, v.evidence_hash, v.file_id, v.line_no, v.started_at, coalesce(f.has_gateway, false)
from (
    select s.leg_key, s.evidence_hash, s.file_id, s.line_no, s.started_at
    from cdr.leg_source s
    join pg_temp.taken t on t.leg_key = s.leg_key
    where s.file_id <> $3::integer
        and s.started_at >= $1::timestamptz - cdr.leg_reach() * 2
        and s.started_at <= $2::timestamptz + cdr.leg_reach() * 2
    union all
    select l.leg_key, l.evidence_hash, l.file_id, l.line_no, l.started_at
    from cdr.leg l
    join pg_temp.taken t on t.leg_key = l.leg_key
    left join (
        select distinct r.leg_key from cdr.leg_record r join pg_temp.taken t on t.leg_key = r.leg_key
    ) k on k.leg_key = l.leg_key
    where k.leg_key is null
        and l.started_at >= $1::timestamptz - cdr.leg_reach()
        and l.started_at <= $2::timestamptz + cdr.leg_reach()
        and l.evidence_hash <> 0 and l.file_id <> $3::integer
) v
left join cdr.file f on f.file_id = v.file_id;
