-- A login for dashboards: psql -v reader=grafana -f schema/dashboards/reader.sql
--
-- It reads views and dimensions through cdretl_dashboard and nothing else.  Give it
-- a password with \password, or let it in by peer or certificate.  jit is off since
-- compiling costs these small queries more than it saves.
set search_path = pg_catalog, pg_temp;
\if :{?reader}
\else
\set reader grafana
\endif
select not exists (select 1 from pg_roles where rolname = :'reader') as missing \gset
\if :missing
create role :"reader" login;
\endif
grant cdretl_dashboard to :"reader";
alter role :"reader" set default_transaction_read_only = on;
alter role :"reader" set statement_timeout = '30s';
alter role :"reader" set jit = off;
