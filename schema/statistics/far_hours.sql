-- Hours (since 1970) of calls that reach further than a day and have a leg in one of the hours
-- $1: what they count for stands in the first of them.
select distinct floor(extract(epoch from o.started_at) / 3600)::bigint
from cdr.far_call f
join cdr.far_call o on o.call_key = f.call_key
where floor(extract(epoch from f.started_at) / 3600)::bigint = any ($1::bigint[]);
