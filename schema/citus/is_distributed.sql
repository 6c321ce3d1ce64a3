-- On Citus: is the schema distributed?
select exists (
    select 1 from pg_catalog.pg_dist_partition p where p.logicalrelid = pg_catalog.to_regclass('cdr.leg')
) as is_distributed;
