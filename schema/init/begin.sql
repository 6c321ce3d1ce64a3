-- Every transaction of init.  A schema on a Citus coordinator is made there alone until
-- `init --citus` distributes it; from then on every change goes to all nodes, and Citus warns
-- of each view over tables that stay with the coordinator: that is meant.  Elsewhere nothing.
do $$
begin
    if not exists (select 1 from pg_catalog.pg_extension e where e.extname = 'citus') then
        return;
    end if;
    perform pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true);
    if exists (select 1 from pg_catalog.pg_dist_partition p where p.logicalrelid = pg_catalog.to_regclass('cdr.leg')) then
        perform pg_catalog.set_config('client_min_messages', 'error', true);
    else
        perform pg_catalog.set_config('citus.enable_ddl_propagation', 'off', true);
    end if;
end
$$;
