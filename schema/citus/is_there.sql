-- Is Citus in this database?
select exists (select 1 from pg_catalog.pg_extension e where e.extname = 'citus') as is_there;
