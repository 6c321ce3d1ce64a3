-- Bytes that came in later, with other options or less strictly, are refused no more.  Nor is
-- a file whose name came again and was loaded: it was mended.  A name that had been loaded
-- before says nothing, for exports may have the same name every night.
create view cdr.refused_file as
select f.file_id, f.run_id, cdr.name_shown(f.name) as name, f.verdict, cdr.name_shown(f.reason) as reason,
    f.loaded_at as refused_at
from (
    select distinct on (coalesce(encode(o.sha256, 'hex'), o.name)) o.*, regexp_replace(o.name, '^.*/', '') as base
    from cdr.file o
    where o.verdict in ('refused', 'rolled_back')
    order by coalesce(encode(o.sha256, 'hex'), o.name), o.file_id desc
) f
where f.loaded_at >= now() - (select cdr.setting_number('refused_days')) * interval '1 day'
    and not exists (
        select 1
        from cdr.file l
        where l.verdict in ('loaded', 'unloaded') and l.file_id > f.file_id
            and (l.sha256 = f.sha256
                or (regexp_replace(l.name, '^.*/', '') = f.base and not exists (
                    select 1
                    from cdr.file e
                    where e.verdict in ('loaded', 'unloaded') and e.file_id < f.file_id
                        and regexp_replace(e.name, '^.*/', '') = f.base)))
    );

comment on view cdr.refused_file is 'Files that were refused or rolled back and have not come in since; numbers in names and reasons masked for readers.';

grant select on cdr.refused_file to cdretl_loader, cdretl_dashboard;
