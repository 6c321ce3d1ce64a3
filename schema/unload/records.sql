-- Of versions and sources, what only the file ($1) had.
delete from cdr.leg_version v using pg_temp.taken t
where t.leg_key = v.leg_key and t.fate in ('only', 'other');
delete from cdr.leg_record r using (
    select n.leg_key, n.evidence_hash
    from cdr.leg_record n
    join pg_temp.taken t on t.leg_key = n.leg_key
    left join pg_temp.chosen c on c.leg_key = n.leg_key and c.evidence_hash = n.evidence_hash
    where t.fate in ('only', 'same') or c.leg_key is null
) n
where n.leg_key = r.leg_key and n.evidence_hash = r.evidence_hash;
delete from cdr.leg_source s using pg_temp.taken t
where t.leg_key = s.leg_key and t.fate in ('only', 'other');
insert into cdr.leg_source
select v.leg_key, v.evidence_hash, v.file_id, v.line_no, v.started_at
from pg_temp.left_version v
join pg_temp.taken t on t.leg_key = v.leg_key
where t.fate = 'other';
