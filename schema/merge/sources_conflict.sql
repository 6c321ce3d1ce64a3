-- Of legs in conflict, the sources: this file, and the one that the stored leg names while
-- it is not on record.
insert into cdr.leg_source (leg_key, evidence_hash, file_id, line_no, started_at)
select s.leg_key, s.evidence_hash, s.file_id, s.line_no, s.started_at
from pg_temp.stage s
join pg_temp.conflict c on c.leg_key = s.leg_key
union all
select l.leg_key, l.evidence_hash, l.file_id, l.line_no, l.started_at
from cdr.leg l
join pg_temp.conflict c on c.leg_key = l.leg_key
left join (
    select distinct r.leg_key from cdr.leg_record r join pg_temp.conflict c on c.leg_key = r.leg_key
) k on k.leg_key = l.leg_key
where k.leg_key is null
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach()
    and l.evidence_hash <> 0 and l.file_id is not null;
