-- A setting that is a number.  For views over tables that readers may not read themselves: on
-- Citus a query that names cdr.setting beside such a table is taken apart, and the parts run
-- with the reader's rights.
create function cdr.setting_number(name text) returns numeric
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (select s.value::numeric from cdr.setting s where s.setting = name);
end
$$;

comment on function cdr.setting_number(text) is 'The setting of that name, as a number.';

revoke all on function cdr.setting_number(text) from public;
grant execute on function cdr.setting_number(text) to cdretl_loader, cdretl_dashboard;
