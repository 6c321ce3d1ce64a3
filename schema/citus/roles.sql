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
