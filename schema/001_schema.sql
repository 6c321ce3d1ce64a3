-- The schema, its three roles, and the list of migrations that were applied.
--
-- cdretl_owner owns every object, cdretl_loader is what a loading user is a
-- member of, cdretl_dashboard reads views and dimensions and sees numbers masked.

do $$
declare
    wanted text;
begin
    foreach wanted in array array['cdretl_owner', 'cdretl_loader', 'cdretl_dashboard'] loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
            begin
                execute format('create role %I nologin', wanted);
            exception
                when duplicate_object or unique_violation then
                    null; -- another database of this server was quicker
            end;
        end if;
    end loop;
    -- Whoever runs init creates things in the owner's name.
    if not pg_catalog.pg_has_role(current_user, 'cdretl_owner', 'member') then
        execute format('grant cdretl_owner to %I', current_user);
    end if;
exception
    when insufficient_privilege then
        raise exception 'user % may not create the roles cdretl_owner, cdretl_loader and cdretl_dashboard, or join the first',
            current_user
            using hint = 'let an administrator run: create role cdretl_owner nologin; '
                'create role cdretl_loader nologin; create role cdretl_dashboard nologin; '
                'grant cdretl_owner to ' || quote_ident(current_user);
end
$$;

create schema if not exists cdr authorization cdretl_owner;

set local role cdretl_owner;

comment on schema cdr is
    'Call detail records of Webitel: legs with recomputed outcomes, calls, statistics, and how they came here. Made and filled by cdretl.';

grant usage on schema cdr to cdretl_loader, cdretl_dashboard;

create table cdr.schema_version (
    version integer primary key,
    name text collate "C" not null,
    applied_at timestamptz not null default now()
);

comment on table cdr.schema_version is 'Migrations that were applied to this schema, one row each.';
comment on column cdr.schema_version.version is 'Number of the migration, from 1 without gaps.';
comment on column cdr.schema_version.name is 'Name of the migration file, without number and ending.';
comment on column cdr.schema_version.applied_at is 'When it was applied.';

grant select on cdr.schema_version to cdretl_loader, cdretl_dashboard;
