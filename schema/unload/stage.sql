-- The versions that are left of legs that change, of exports that name gateways, or of those
-- that do not ($1).
insert into pg_temp.stage
select r.*
from cdr.leg_record r
join pg_temp.chosen c on c.leg_key = r.leg_key and c.evidence_hash = r.evidence_hash
join pg_temp.taken t on t.leg_key = r.leg_key
where t.fate = 'other' and c.has_gateway = $1::boolean;
