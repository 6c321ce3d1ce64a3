-- The ledger for readers who may not see numbers, which may stand in a file's name and in
-- what is said about the file.
create view cdr.file_shown as
select f.file_id, f.run_id, cdr.name_shown(f.name) as name, f.verdict, cdr.name_shown(f.reason) as reason, f.loaded_at,
    f.profile, f.encoding, f.first_at, f.last_at, f.has_gateway, f.lines, f.headers, f.blank, f.records, f.inserted,
    f.updated, f.unchanged, f.duplicate, f.rejected, f.rejected_by_code, f.calls, f.ambiguous_times,
    array(
        select cdr.name_shown(w.warning)
        from unnest(f.warnings) with ordinality w (warning, place)
        order by w.place
    ) as warnings
from cdr.file f;

comment on view cdr.file_shown is 'The ledger as cdr.file, numbers in names, reasons and warnings masked for readers.';

grant select on cdr.file_shown to cdretl_loader, cdretl_dashboard;
