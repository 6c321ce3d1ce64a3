-- Legs that other files have just so name one of those, where they named this file ($3).
update cdr.leg l set file_id = c.file_id, line_no = c.line_no
from (
    select distinct on (k.leg_key) k.leg_key, k.file_id, k.line_no
    from pg_temp.chosen k
    join pg_temp.taken t on t.leg_key = k.leg_key
    where t.fate = 'same'
    order by k.leg_key, k.has_gateway desc, k.file_id
) c
where l.leg_key = c.leg_key and l.file_id = $3::integer
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach();
