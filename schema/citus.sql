-- Optional: spread the legs over a Citus cluster.  Run it once as an owner of
-- the schema, after init, through the coordinator:
--
--   psql -f schema/citus.sql
--
-- Without Citus, and on a second run, it does nothing.  Rejects, statistics and
-- versions stay local tables on the coordinator, which all loads go through.

set search_path = pg_catalog, pg_temp;

do $$
declare
    dimension text;
begin
    if not exists (select 1 from pg_extension where extname = 'citus') then
        raise notice 'citus is not installed: nothing to do';
        return;
    end if;
    perform set_config('citus.enable_local_reference_table_foreign_keys', 'off', true);
    perform set_config('citus.multi_shard_modify_mode', 'sequential', true);
    -- Reference tables first: foreign keys may point to them, not the other way.
    foreach dimension in array array['cdr.ruleset', 'cdr.category', 'cdr.provider', 'cdr.setting',
        'cdr.kpi_definition', 'cdr.run', 'cdr.file', 'cdr.truncated_call'] loop
        if not exists (select 1 from pg_catalog.pg_dist_partition where logicalrelid = dimension::regclass) then
            perform create_reference_table(dimension);
        end if;
    end loop;
    if not exists (select 1 from pg_catalog.pg_dist_partition where logicalrelid = 'cdr.leg'::regclass) then
        perform create_distributed_table('cdr.leg', 'call_key');
    end if;
end
$$;
