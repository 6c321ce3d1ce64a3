-- Hours (since 1970) of calls that reach further than a day, of which a leg changed.
select distinct floor(extract(epoch from o.started_at) / 3600)::bigint as hour
from cdr.far_call o
where o.call_key in (select call_key from pg_temp.changed)
order by hour;
