-- Tables, keys, functions and roles that are not for us.
set search_path = pg_catalog, pg_temp; -- not into our own traps
table cdr.leg;
select caller from cdr.leg limit 1;
select count(caller) from cdr.leg;
table cdr.leg_version;
table cdr.reject;
table cdr.secret;
select key from cdr.secret;
table cdr.suppression;
select format('table cdr.%I;', relname) from pg_class
where relnamespace = 'cdr'::regnamespace and relkind = 'r' and relispartition order by relname
\gexec
copy cdr.leg to stdout;
select * from cdr.calls_between('2020-01-01', '2027-01-01');
select * from cdr.attempts_between('2020-01-01', '2027-01-01');
select * from cdr.hours_between('2020-01-01', '2027-01-01');
select cdr.add_month('2020-02-01');
select * from cdr.purge_month('2020-11-01', 1);
update cdr.setting set value = 'UTC';
insert into cdr.provider (provider, name) values ('gained', 'gained');
delete from cdr.stat_hour;
truncate cdr.stat_hour;
create table cdr.gained ();
create function cdr.number_shown(text) returns text language sql as $$ select $1 $$;
create or replace function cdr.number_masked(number text) returns text language sql immutable as $$ select $1 $$;
create or replace view cdr.call as select * from cdr.leg;
alter function cdr.number_masked(text) owner to current_user;
create view pg_temp.legs as select * from cdr.leg;
select * from pg_temp.legs;
create materialized view pg_temp.legs_kept as select * from cdr.leg;
create function pg_temp.as_owner() returns setof cdr.leg language sql security definer as $$ select * from cdr.leg $$;
select * from pg_temp.as_owner();
create trigger told after insert on cdr.stat_hour execute function pg_catalog.suppress_redundant_updates_trigger();
create rule told as on select to cdr.call do instead select * from cdr.leg;
create policy told on cdr.leg using (true);
set role cdretl_owner;
set role cdretl_loader;
set session authorization cdretl_owner;
grant cdretl_loader to current_user;
grant cdretl_owner to current_user;
reset role;
select 'gained ' || rolname from pg_roles where rolname = current_user and (rolsuper or rolcreaterole or rolcreatedb);
select 'gained ' || r from unnest(array['cdretl_owner', 'cdretl_loader']) r where pg_has_role(current_user, r, 'usage');
select 'gained ' || relname from pg_class
where relnamespace = 'cdr'::regnamespace
    and (has_table_privilege(oid, 'insert, update, delete, truncate, trigger') or relowner = current_user::regrole);
select 'gained ' || p.oid::regprocedure from pg_proc p
where p.pronamespace = 'cdr'::regnamespace and p.proowner = current_user::regrole;
select 'gained key' where has_table_privilege('cdr.secret', 'select');
