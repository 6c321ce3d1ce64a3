-- On Citus: storage by columns, for months that rest, where it is installed.
do $$
begin
    if exists (select 1 from pg_catalog.pg_available_extensions a
        where a.name = 'citus_columnar' and a.installed_version is null)
    then
        create extension citus_columnar;
    end if;
end
$$;
