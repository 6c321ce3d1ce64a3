-- The legs of file $3, whose legs start from $1 to $2.
insert into pg_temp.taken (leg_key)
select l.leg_key
from cdr.leg l
where l.file_id = $3::integer
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach()
union
select s.leg_key from cdr.leg_source s where s.file_id = $3::integer;
