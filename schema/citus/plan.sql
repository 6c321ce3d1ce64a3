-- On Citus: what is still to be distributed, over $1 shards; $2 names what init keeps, what
-- something else uses before it.  A row is a statement and what it
-- does in words, or null.  What has been done is not in the list, so an interrupted run goes on.
--
-- What legs are read together with is copied to every node; legs are distributed by call, so
-- that a call is put together where its legs are, and versions of legs by leg.  Everything
-- else stays with the coordinator: statistics, rejects, runs and the ledger of files, and
-- foreign keys among them.
with wanted (place, name, statement, said) as (
    select 1, t.name, format('select create_reference_table(%L)', t.name), 'copied to every node'
    from (values ('cdr.category'), ('cdr.provider'), ('cdr.setting')) t (name)
    union all
    select t.place, t.name,
        format('select create_distributed_table(%L, %L, colocate_with => %L%s)', t.name, t.by, t.beside,
            case when t.beside = 'none' then ', shard_count => ' || $1::integer else '' end),
        'distributed by ' || t.by
    from (values
        (2, 'cdr.leg', 'call_key', 'none'),
        (3, 'cdr.leg_version', 'leg_key', 'none'),
        (4, 'cdr.leg_record', 'leg_key', 'cdr.leg_version'),
        (4, 'cdr.leg_source', 'leg_key', 'cdr.leg_version')) t (place, name, by, beside)
)
select w.place, 0::bigint as made, w.name, w.statement, w.said
from wanted w
where not exists (select 1 from pg_catalog.pg_dist_partition p where p.logicalrelid = pg_catalog.to_regclass(w.name))
union all
-- What their statements may call on a node.
select 5, o.place, p.oid::regprocedure::text, format('select create_distributed_function(%L)', p.oid::regprocedure), null
from pg_catalog.pg_proc p
join unnest($2::text[]) with ordinality o (name, place) on substring(o.name from '[^/]+$') = p.proname
where p.pronamespace = pg_catalog.to_regnamespace('cdr') and not p.proretset and not p.prosecdef
    and not exists (
        select 1 from pg_catalog.pg_dist_object o where o.classid = 'pg_catalog.pg_proc'::regclass and o.objid = p.oid)
order by place, made, name;
