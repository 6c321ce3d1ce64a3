-- Of legs in conflict, the staged rows are versions.
insert into cdr.leg_record
select s.*
from pg_temp.stage s
join pg_temp.conflict c on c.leg_key = s.leg_key
on conflict do nothing;
