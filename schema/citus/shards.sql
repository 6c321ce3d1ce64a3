-- On Citus: over how many shards are legs distributed?
select c.shardcount as shards
from pg_catalog.pg_dist_partition p
join pg_catalog.pg_dist_colocation c on c.colocationid = p.colocationid
where p.logicalrelid = 'cdr.leg'::regclass;
