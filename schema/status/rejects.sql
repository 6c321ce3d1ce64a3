-- Rejects that are open, by reason.
select code, count(*) as records, count(distinct file_id) as files
from cdr.reject
where closed_at is null
group by code
order by count(*) desc, code
