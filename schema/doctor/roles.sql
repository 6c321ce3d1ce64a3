-- Are the roles there, and may this login load?  A row a finding: is it well, what, remedy.
select false as is_well, 'the role ' || n.name || ' is missing' as finding,
    'run `cdretl init` as a superuser or a role with CREATEROLE' as remedy
from unnest(array['cdretl_owner', 'cdretl_loader', 'cdretl_dashboard']) n(name)
where not exists (select 1 from pg_catalog.pg_roles r where r.rolname = n.name)
union all
select l.may, format('%s %s a member of cdretl_loader', current_user, case when l.may then 'is' else 'is not' end),
    format('as its owner: psql -d %s -c ''grant cdretl_loader to %I''', current_database(), current_user)
from (
    select coalesce(bool_or(pg_catalog.pg_has_role(r.oid, 'usage')), false) as may
    from pg_catalog.pg_roles r
    where r.rolname = 'cdretl_loader'
) l
