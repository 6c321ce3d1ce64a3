-- Equal rows need no merging.
delete from pg_temp.stage s
using pg_temp.same_row m
where m.leg_key = s.leg_key and m.evidence_hash = s.evidence_hash;
