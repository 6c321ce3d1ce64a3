#!/usr/bin/env bash
# roles: who may run init, what it makes, and what it says to whom it does not.
#
# Roles belong to the whole server, so this needs one of its own: it starts it, unless
# ROLES_SERVER says that PGHOST is one (which must not know our roles).
if [ -z "${ROLES_SERVER:-}" ]; then
  ROLES_SERVER=1 ETL_TEST_DB='' exec "$(dirname "$0")/../../scripts/with-pg" "$0"
fi
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
not_on_citus 'the server of its own that it starts is plain PostgreSQL'

known() { sql "select coalesce(string_agg(rolname, ' ' order by rolname), 'none') from pg_roles where rolname like 'cdretl%'"; }
database() { # NAME OPTIONS: another one, which is the one from now on
  psql -XAtq -d postgres -c "create database $1 ${2:-}" || exit 2
  export PGDATABASE=$1
}
init_as() { # NAME CODE USER
  PGUSER=$3 exits "$1" "$2" init
}

sql 'create role roles_plain login; create role roles_admin login createrole; create role roles_second login createrole'

# --- a database that cannot hold the texts ---
database roles_latin "encoding 'LATIN1' locale 'C' template template0"
exits 'no UTF8, no schema' 5 init
says 'it says how to make another' "encoded in LATIN1.*create database NAME encoding 'UTF8'"
exits 'nor a plan of it' 5 init --dry-run
equal 'nothing was made' 'none' "$(known)"

# --- somebody else's schema of that name ---
database roles_taken
sql 'create schema cdr authorization roles_plain'
exits 'a schema cdr of others is left alone' 5 init
says 'it says whose it is' 'schema cdr already, and it belongs to roles_plain'
equal 'nothing was made' 'none' "$(known)"

# --- a plain user: each sentence is what has to be done next ---
database roles_one
init_as 'a plain user may not make roles' 5 roles_plain
says 'it says what to run' 'let an administrator run: create role cdretl_owner nologin; create role cdretl_loader nologin; create role cdretl_dashboard nologin; grant cdretl_owner to roles_plain$'
sql 'create role cdretl_owner nologin; create role cdretl_loader nologin; create role cdretl_dashboard nologin'
init_as 'nor act as the owner' 5 roles_plain
says 'it says what to run' 'run: grant cdretl_owner to roles_plain$'
sql 'grant cdretl_owner to roles_plain'
init_as 'nor make a schema' 5 roles_plain
says 'it says what to run' 'run: grant create on database roles_one to roles_plain$'
sql 'grant create on database roles_one to roles_plain'
init_as 'then he may' 0 roles_plain
equal 'everything is the owner'"'"'s' '' "$(sql "select c.oid::regclass from pg_class c where relnamespace = 'cdr'::regnamespace and relowner <> 'cdretl_owner'::regrole")"
init_as 'again' 0 roles_plain
equal 'the owner cannot log in' f "$(sql "select bool_or(rolcanlogin or rolsuper or rolcreaterole) from pg_roles where rolname like 'cdretl%'")"

# --- an administrator who is no superuser, as managed servers have them ---
psql -XAtq -d postgres -c 'drop database roles_one' -c 'drop role cdretl_owner' -c 'drop role cdretl_loader' -c 'drop role cdretl_dashboard'
database roles_two 'owner roles_admin'
init_as 'he makes roles and schema' 0 roles_admin
equal 'the three' 'cdretl_dashboard cdretl_loader cdretl_owner' "$(known)"
PGUSER=roles_admin sql 'grant cdretl_loader to roles_plain' || bad 'he may grant them'
PGUSER=roles_plain exits 'whom he lets in loads' 0 load --tz Europe/Kyiv tests/samples/csv/seed-grid.csv
database roles_three 'owner roles_admin'
init_as 'a second database of the same server' 0 roles_admin
database roles_four 'owner roles_second'
PGUSER=roles_second cdretl init
if [ "$(sql "select current_setting('server_version_num')::integer >= 160000")" = t ]; then
  equal 'another administrator may not act as the owner' 5 "$status"
  says 'it says what to run' 'let an administrator, or who made the role, run: grant cdretl_owner to roles_second$'
  PGUSER=roles_admin sql 'grant cdretl_owner to roles_second'
  init_as 'then he may' 0 roles_second
else
  equal 'another administrator lets himself in' 0 "$status"
fi
finish
