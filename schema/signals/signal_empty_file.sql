create view cdr.signal_empty_file as
select f.file_id, f.run_id, cdr.name_shown(f.name) as name, f.loaded_at, f.headers, f.profile
from cdr.file f
where f.verdict = 'loaded' and f.records = 0;

comment on view cdr.signal_empty_file is 'Files that held captions and no records.';

grant select on cdr.signal_empty_file to cdretl_loader, cdretl_dashboard;
