-- Rejects that a replay closed by loading this file ($1) are open again, unless the run
-- loaded another file that is still there.
update cdr.reject r set closed_at = null, closed_by_run = null
from cdr.file f, cdr.run n
where f.file_id = $1::integer and n.run_id = f.run_id and n.kind = 'replay'
    and r.closed_by_run = f.run_id and r.file_id <> f.file_id
    and not exists (select 1 from cdr.file o where o.run_id = f.run_id and o.file_id <> f.file_id and o.verdict = 'loaded');
