-- The rule sets' JSON files for readers, who may not see numbers.
create view cdr.ruleset_shown as
select f.ruleset_id, f.folder, f.name, cdr.name_shown(convert_from(t.content, 'UTF8')) as content
from cdr.ruleset_file f
join cdr.ruleset_text t on t.digest = f.digest
where f.name like '%.json';

comment on view cdr.ruleset_shown is 'JSON files of the rule sets that ever decided a leg, numbers in them masked for readers.';

grant select on cdr.ruleset_shown to cdretl_loader, cdretl_dashboard;
