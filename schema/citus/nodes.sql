-- On Citus: may this user distribute tables, is this the coordinator, does it stand in the
-- list of nodes, as it must when there are others, and over how many nodes may shards go?
select r.rolsuper as is_superuser,
    (select l.groupid = 0 from pg_catalog.pg_dist_local_group l) as is_coordinator,
    n.others = 0 or n.is_listed as is_listed,
    greatest(n.for_shards, 1) as nodes
from pg_catalog.pg_roles r
cross join (
    select count(*) filter (where groupid <> 0) as others,
        coalesce(bool_or(groupid = 0), false) as is_listed,
        count(*) filter (where shouldhaveshards) as for_shards
    from pg_catalog.pg_dist_node
    where noderole = 'primary'
) n
where r.rolname = current_user;
