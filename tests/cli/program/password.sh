#!/usr/bin/env bash
# No password on a command line, and none in a message.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
secret=s3cr3t-of-mine

refused() { # NAME CONNINFO
  exits "$1" 2 --db "$2" status
  says "$1" 'password file.*service|service=NAME'
  check "$1: not repeated" test -z "$(grep -h "$secret" "$work/out" "$work/err")"
}
refused 'a keyword' "host=$PGHOST password=$secret"
refused 'with blanks' "host=$PGHOST password = '$secret'"
refused 'a URI' "postgresql://etl:$secret@localhost/postgres"
refused 'a URI, as a parameter' "postgres://etl@localhost/postgres?password=$secret"
refused 'of a key' "host=$PGHOST sslpassword=$secret"
refused 'one inside another' "host=$PGHOST dbname=postgresql://etl:$secret@localhost/postgres"
refused 'a blank in it' "host=$PGHOST password=x $secret"
refused 'a keyword misspelt' "host=$PGHOST pasword=$secret"
refused 'a quote that is open' "host=$PGHOST password='$secret"
CDRETL_DB="password=$secret" refused 'the environment twin' "password=$secret"
exits 'before the command as well as behind it' 2 status --db "password=$secret"

exits 'a name of a database' 5 --db "no_such_database" status
says 'a name of a database' 'cannot connect'
exits 'a database that is not there' 5 --db "host=$PGHOST dbname=nowhere" status
says 'a database that is not there' 'nowhere'

# Where it may stand.
fresh_db
printf '[calls]\nhost=%s\ndbname=%s\nuser=etl\npassword=%s\n' "$PGHOST" "$PGDATABASE" "$secret" >"$work/services"
PGSERVICEFILE=$work/services exits 'a service file' 0 --db service=calls init
finish
