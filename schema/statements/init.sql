-- What `init` sends besides the migrations, in the order in which it is sent.

-- name: encoding
-- Is the database encoded in UTF8?  Its name and its encoding, for the sentence.
select d.encoding = pg_char_to_encoding('UTF8'), d.datname, pg_encoding_to_char(d.encoding)
from pg_catalog.pg_database d
where d.datname = current_database();

-- name: strangers
-- What is wrong with whose the schema is, or something in it; no row: nothing.  It must be
-- cdretl_owner's or a superuser's, and every command asks before it reads anything there: a view
-- or function that a stranger left would run with the rights of whoever reads it.
with ours as (
    select n.oid, n.nspowner from pg_catalog.pg_namespace n where n.nspname = 'cdr'
), made as (
    select null as what, s.nspowner as owner from ours s
    union all
    select c.relname::text, c.relowner from pg_catalog.pg_class c join ours s on s.oid = c.relnamespace
    union all
    select p.proname::text, p.proowner from pg_catalog.pg_proc p join ours s on s.oid = p.pronamespace
    union all
    select o.oprname::text, o.oprowner from pg_catalog.pg_operator o join ours s on s.oid = o.oprnamespace
    union all
    select t.typname::text, t.typowner from pg_catalog.pg_type t join ours s on s.oid = t.typnamespace
    where t.typelem = 0 and t.typrelid = 0
)
select case
    when m.what is null then 'there is a schema cdr already, and it belongs to ' || quote_ident(r.rolname)
        || ': it is not ours; give cdretl a database of its own, or, if it was made for us and is empty, run: '
        || 'alter schema cdr owner to cdretl_owner'
    else 'cdr.' || quote_ident(m.what) || ' belongs to ' || quote_ident(r.rolname)
        || ' and could do anything with the rights of who reads it: drop it, or, if you know it, give it to cdretl_owner'
end as fault
from made m
join pg_catalog.pg_roles r on r.oid = m.owner
where r.rolname <> 'cdretl_owner' and not r.rolsuper
order by m.what nulls first
limit 1;

-- name: begin
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
        perform pg_catalog.set_config('citus.enable_ddl_propagation', 'on', true);
    else
        perform pg_catalog.set_config('citus.enable_ddl_propagation', 'off', true);
    end if;
end
$$;

-- name: plan
-- What init must do so that the functions, views and definitions are those of the program:
-- $1 their names, in the order in which they are created, $2 the digests of their texts, $3:
-- every view is made anew.
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
    select e.catalog, e.oid from existing e join wanted w on w.object = e.object
    where $3::boolean and e.catalog = 'pg_class'::regclass
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
where (exists (select 1 from changed) or $3::boolean)
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

-- name: keep
-- They are as the program has them: names $1, digests $2.
with gone as (
    delete from cdr.schema_object where name <> all ($1::text[])
)
insert into cdr.schema_object (name, digest)
select w.name, w.digest
from unnest($1::text[], $2::text[]) w (name, digest)
on conflict (name) do update set digest = excluded.digest, applied_at = excluded.applied_at
where cdr.schema_object.digest <> excluded.digest;

-- name: is_kept
-- Are the functions, views and definitions those of the program?  Names $1, digests $2.
select not exists (
    select 1
    from unnest($1::text[], $2::text[]) w (name, digest)
    full join cdr.schema_object o on o.name = w.name
    where w.digest is distinct from o.digest
) as is_kept;

-- name: zone
-- The zone whose days the views count is $1 from now on, if this server knows it.
with known as (
    select exists (select 1 from pg_catalog.pg_timezone_names t where t.name = $1::text) as is_known
), changed as (
    update cdr.setting set value = $1::text
    where setting = 'zone' and value <> $1::text and (select k.is_known from known k)
    returning value
)
select k.is_known from known k

-- name: prefixes
-- Who was given which numbers: $1 is what mappings/prefixes.json says, a row a range.
with told as (
    select p.prefix, p.country, p.operator, p.kind
    from jsonb_to_recordset($1::jsonb) as p (prefix text, country text, operator text, kind text)
), gone as (
    delete from cdr.number_prefix n
    where not n.prefix = any (array(select t.prefix from told t))
)
insert into cdr.number_prefix as stored (prefix, country, operator, kind)
select prefix, country, operator, kind from told
on conflict (prefix) do update set
    country = excluded.country,
    operator = excluded.operator,
    kind = excluded.kind
where (stored.country, stored.operator, stored.kind) is distinct from (excluded.country, excluded.operator, excluded.kind);
