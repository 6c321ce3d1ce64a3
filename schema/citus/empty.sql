-- On Citus: what was distributed is still on the coordinator's disk, where nobody sees it and
-- no erasure gets at it; it goes.
select pg_catalog.truncate_local_data_after_distributing_table(p.logicalrelid)
from pg_catalog.pg_dist_partition p
join pg_catalog.pg_class c on c.oid = p.logicalrelid
where c.relnamespace = 'cdr'::regnamespace and not c.relispartition;
