-- They stand where the chosen file has them.
update pg_temp.stage s set file_id = c.file_id, line_no = c.line_no
from pg_temp.chosen c
where c.leg_key = s.leg_key and c.evidence_hash = s.evidence_hash;
