-- What init must do so that the functions, views and definitions are those of the program:
-- $1 their names, in the order in which they are created, $2 the digests of their texts.
-- A row is a statement, or the name of a text to run; no row when nothing changed.
--
-- A view is dropped and created again when its text changed, it is not there, or it reads a
-- view or function that is dropped.  What somebody else was granted on it is granted again.
-- Views of others that read one of ours hinder the drop, and init says which.
--
-- A text's name is a path: its folder sorts it for readers, and behind the slash stands the
-- object that it creates.  No view has the name of a function.
with recursive wanted as (
    select w.name, w.digest, w.place, split_part(w.name, '/', 2) as object
    from unnest($1::text[], $2::text[]) with ordinality w (name, digest, place)
), existing as (
    select c.relname::text as object, 'pg_class'::regclass as catalog, c.oid, c.oid::regclass::text as what,
        c.relacl as grants
    from pg_class c
    where c.relnamespace = to_regnamespace('cdr') and c.relkind = 'v'
    union all
    select p.proname::text, 'pg_proc'::regclass, p.oid, p.oid::regprocedure::text, p.proacl
    from pg_proc p
    where p.pronamespace = to_regnamespace('cdr')
), changed as (
    select coalesce(w.name, o.name) as name
    from wanted w
    full join cdr.schema_object o on o.name = w.name
    left join existing e on e.object = w.object
    where w.digest is distinct from o.digest or (e.oid is null and w.name !~ '^data/')
), affected as (
    select e.catalog, e.oid from existing e join changed c on split_part(c.name, '/', 2) = e.object
    where c.name !~ '^data/'
    union
    select e.catalog, e.oid
    from affected a
    join pg_depend u on u.refclassid = a.catalog and u.refobjid = a.oid and u.classid = 'pg_rewrite'::regclass
    join pg_rewrite r on r.oid = u.objid
    join existing e on e.catalog = 'pg_class'::regclass and e.oid = r.ev_class
), dropped as (
    select e.* from existing e join affected a on a.catalog = e.catalog and a.oid = e.oid
)
select 1 as step, 0 as place, null as name, 'drop view ' || string_agg(what, ', ' order by what) as statement
from dropped
where catalog = 'pg_class'::regclass
having count(*) > 0
union all
select 2, 0, null, 'drop function ' || string_agg(what, ', ' order by what)
from dropped
where catalog = 'pg_proc'::regclass
having count(*) > 0
union all
select 3, w.place, w.name, null
from wanted w
where exists (select 1 from changed)
    and (w.name ~ '^data/' or w.name in (select name from changed) or w.object in (select object from dropped))
union all
select 4, w.place, null, format('grant %s on %s to %s', a.privilege_type, d.what,
    case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
from dropped d
join wanted w on w.object = d.object
cross join lateral aclexplode(d.grants) a
where d.catalog = 'pg_class'::regclass
    and pg_get_userbyid(a.grantee) not in ('cdretl_owner', 'cdretl_loader', 'cdretl_dashboard')
order by step, place;
