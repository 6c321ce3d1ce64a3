-- What `init --citus` asks and sends, in the order in which it is sent.

-- name: is_there
-- Is Citus in this database?
select exists (select 1 from pg_catalog.pg_extension e where e.extname = 'citus') as is_there;

-- name: nodes
-- On Citus: may this user distribute tables, is this the coordinator, does it stand in the
-- list of nodes, as it must when there are others, over how many nodes may shards go, and
-- are statements measured while they run, which Citus refuses for many of ours?
select r.rolsuper as is_superuser,
    (select l.groupid = 0 from pg_catalog.pg_dist_local_group l) as is_coordinator,
    n.others = 0 or n.is_listed as is_listed,
    greatest(n.for_shards, 1) as nodes,
    coalesce(current_setting('auto_explain.log_analyze', true)::boolean
        and current_setting('auto_explain.log_min_duration', true) <> '-1', false) as is_measured,
    quote_ident(current_database()) as database
from pg_catalog.pg_roles r
cross join (
    select count(*) filter (where groupid <> 0) as others,
        coalesce(bool_or(groupid = 0), false) as is_listed,
        count(*) filter (where shouldhaveshards) as for_shards
    from pg_catalog.pg_dist_node
    where noderole = 'primary'
) n
where r.rolname = current_user;

-- name: is_distributed
-- On Citus: is the schema distributed?
select exists (
    select 1 from pg_catalog.pg_dist_partition p where p.logicalrelid = pg_catalog.to_regclass('cdr.leg')
) as is_distributed;

-- name: begin
-- How tables are distributed: in the owner's name, one statement after the other, and as
-- plain tables where they stay.
set local citus.multi_shard_modify_mode to 'sequential';
set local citus.enable_local_reference_table_foreign_keys to 'off';
set local client_min_messages to 'warning';
set local role cdretl_owner;

-- name: roles
-- The roles, and whoever is a member of them, on all nodes: statements are sent to a node in
-- the name of who runs them.  Functions that make or drop partitions run in the owner's, so
-- the owner may log in; it has no password, and pg_hba.conf decides who gets in as it.
do $$
declare
    role record;
    node record;
begin
    perform pg_catalog.set_config('citus.enable_ddl_propagation', 'off', true);
    if exists (select 1 from pg_catalog.pg_roles r where r.rolname = 'cdretl_owner' and not r.rolcanlogin) then
        alter role cdretl_owner login;
    end if;
    for role in
        with recursive member (oid, rolname, rolcanlogin, depth, made) as (
            select r.oid, r.rolname, r.rolcanlogin, 0, '' collate "C"
            from pg_catalog.pg_roles r
            where r.rolname in ('cdretl_owner', 'cdretl_loader', 'cdretl_dashboard')
            union all
            select r.oid, r.rolname, r.rolcanlogin, g.depth + 1,
                format('if not pg_has_role(%L, %L, ''member'') then grant %I to %I; end if;', r.rolname, g.rolname, g.rolname, r.rolname)
            from member g
            join pg_catalog.pg_auth_members a on a.roleid = g.oid
            join pg_catalog.pg_roles r on r.oid = a.member
        )
        select m.rolname, format('do $do$ begin
            perform set_config(''citus.enable_ddl_propagation'', ''off'', true);
            if not exists (select 1 from pg_roles where rolname = %L) then create role %I; end if;
            if exists (select 1 from pg_roles where rolname = %L and rolcanlogin <> %L::boolean) then alter role %I %s; end if;
            %s
            end $do$', m.rolname, m.rolname, m.rolname, m.rolcanlogin, m.rolname,
            case when m.rolcanlogin then 'login' else 'nologin' end, m.made) as statement
        from member m
        order by m.depth, m.rolname
    loop
        for node in select * from run_command_on_workers(role.statement) loop
            if not node.success then
                raise exception 'the role % cannot be made on %:%: %', role.rolname, node.nodename, node.nodeport, node.result;
            end if;
        end loop;
    end loop;
end
$$;

-- name: columnar
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

-- name: shards
-- On Citus: over how many shards are legs distributed?
select c.shardcount as shards
from pg_catalog.pg_dist_partition p
join pg_catalog.pg_dist_colocation c on c.colocationid = p.colocationid
where p.logicalrelid = 'cdr.leg'::regclass;

-- name: plan
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

-- name: empty
-- On Citus: what was distributed is still on the coordinator's disk, where nobody sees it and
-- no erasure gets at it; it goes.
select pg_catalog.truncate_local_data_after_distributing_table(p.logicalrelid)
from pg_catalog.pg_dist_partition p
join pg_catalog.pg_class c on c.oid = p.logicalrelid
where c.relnamespace = 'cdr'::regnamespace and not c.relispartition;
