-- The legs of file $3 of the calls in pg_temp.shared.  Arguments as in shared_others.sql.
insert into pg_temp.call_leg
select l.*
from cdr.leg l
join (select distinct call_key from pg_temp.shared) s on s.call_key = l.call_key
where l.started_at >= $1::timestamptz and l.started_at <= $2::timestamptz
    and l.file_id = $3::integer;
