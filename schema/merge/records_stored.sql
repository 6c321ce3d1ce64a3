-- Of legs in conflict, the stored one is a version if it is not merged already.
insert into cdr.leg_record
select l.*
from cdr.leg l
join pg_temp.conflict c on c.leg_key = l.leg_key
where l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach()
    and l.evidence_hash <> 0
on conflict do nothing;
