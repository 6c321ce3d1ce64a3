-- Equal rows of one file: the first stays.
delete from pg_temp.stage s
using pg_temp.stage first
where first.leg_key = s.leg_key and first.evidence_hash = s.evidence_hash
    and first.file_id = s.file_id and first.ctid < s.ctid;
