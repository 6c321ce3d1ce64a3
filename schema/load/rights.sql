-- Who the user is, where, and whether he may look into the schema, store legs, and keep
-- temporary tables; no row where there is no schema.
select pg_catalog.quote_ident(current_user), pg_catalog.quote_ident(pg_catalog.current_database()),
    pg_catalog.has_schema_privilege(n.oid, 'usage'),
    pg_catalog.has_table_privilege(c.oid, 'insert'),
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'temporary')
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'cdr' and c.relname = 'leg';
