-- Of legs that other files have just so, one of those.
insert into pg_temp.renamed_file
select distinct on (c.leg_key) c.leg_key, c.file_id, c.line_no
from pg_temp.chosen c
join pg_temp.taken t on t.leg_key = c.leg_key
where t.fate = 'same'
order by c.leg_key, c.has_gateway desc, c.file_id;
