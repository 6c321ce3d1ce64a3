-- They name it, where they named this file ($3).
update cdr.leg l set file_id = r.file_id, line_no = r.line_no
from pg_temp.renamed_file r
where l.leg_key = r.leg_key and l.file_id = $3::integer
    and l.started_at >= $1::timestamptz - cdr.leg_reach()
    and l.started_at <= $2::timestamptz + cdr.leg_reach();
