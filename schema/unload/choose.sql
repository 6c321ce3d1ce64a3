-- An export that names gateways goes first, then the one that came first.
insert into pg_temp.chosen
select distinct on (v.leg_key, v.evidence_hash) v.leg_key, v.evidence_hash, v.file_id, v.line_no, v.has_gateway
from pg_temp.left_version v
order by v.leg_key, v.evidence_hash, v.has_gateway desc, v.file_id, v.line_no;
