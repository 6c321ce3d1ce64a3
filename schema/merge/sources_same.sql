-- The file has legs as they are stored: it is one of their sources.
insert into cdr.leg_source (leg_key, evidence_hash, file_id, line_no, started_at)
select leg_key, evidence_hash, file_id, line_no, started_at from pg_temp.same_row;
