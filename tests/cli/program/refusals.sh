#!/usr/bin/env bash
# What is not there or makes no sense: exit code, one clear sentence, nothing written.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
seed=tests/samples/csv/seed-grid.csv

nothing_kept() {
  equal "$1: nothing written" '0 0' "$(sql 'select (select count(*) from cdr.leg), (select count(*) from cdr.stat_hour)' | tr '|' ' ')"
}

fresh_db
exits 'missing file' 3 --tz UTC load "$work/missing.csv"
says 'missing file' 'missing\.csv.*(no such file|not there|does not exist)'
nothing_kept 'missing file'

printf 'id;name;price\n1;bread;20\n' >"$work/shop.csv"
exits 'no export' 3 --tz UTC load "$work/shop.csv"
says 'no export' 'shop\.csv'
nothing_kept 'no export'

head -c 4096 /dev/urandom >"$work/noise.csv"
exits 'noise' 3 --tz UTC load "$work/noise.csv"
says 'noise' 'noise\.csv'
nothing_kept 'noise'

printf '{"calls": 7' >"$work/half.json"
exits 'half a document' 3 load "$work/half.json"
says 'half a document' 'half\.json'

exits 'no zone' 3 load "$seed"
says 'no zone: the sentence names the option' '--tz'
nothing_kept 'no zone'

mkdir "$work/dir"
exits 'an empty folder' 0 --tz UTC --json load "$work/dir"
equal 'an empty folder: no file' 0 "$(jq '.files | length' "$work/out")"

# With several files each has its fate, and the worst code wins.
exits 'one good, one bad' 3 --tz Europe/Kyiv --json load "$seed" "$work/shop.csv"
equal 'one good, one bad: verdicts' 'loaded refused' "$(jq -r '[.files[].verdict] | join(" ")' "$work/out")"
equal 'one good, one bad: the good one is kept' 5 "$(sql 'select count(*) from cdr.leg')"

# Mapping files: a folder that is none, a rule set with a fault.
exits 'no mapping folder' 4 --mappings "$work/nowhere" --tz UTC check "$seed"
says 'no mapping folder' 'nowhere'
cp -r mappings "$work/mappings"
rules=$(find "$work/mappings/rules" -name '*.json' | sort | head -n 1)
sed -i '0,/"category"/s//"categroy"/' "$rules"
exits 'unknown key in a rule' 4 --mappings "$work/mappings" --tz UTC check "$seed"
says 'unknown key in a rule: file, rule and key' "$(basename "$rules").*categroy"
echo '{' >"$rules"
exits 'mapping that is no JSON' 4 --mappings "$work/mappings" --tz UTC check "$seed"
says 'mapping that is no JSON' "$(basename "$rules")"

exits 'too many rejects' 6 --tz Europe/Kyiv load --max-rejects 0 tests/samples/csv/clock-forward.csv
says 'too many rejects' 'reject'
equal 'too many rejects: nothing of that file' 5 "$(sql 'select count(*) from cdr.leg')"
exits 'rejects below the limit' 1 --tz Europe/Kyiv load --max-rejects 50% tests/samples/csv/clock-forward.csv
equal 'rejects below the limit: the rest is in' 9 "$(sql 'select count(*) from cdr.leg')"

# A database that is not there, one without the schema, one that is newer than we are.
exits 'no database' 5 --db "host=$work dbname=x connect_timeout=2" --tz UTC load "$seed"
says 'no database' '(connect|connection|socket)'
empty_db
exits 'no schema' 5 --tz UTC load "$seed"
says 'no schema: the sentence says what to do' 'init'
exits 'dry run of init' 0 init --dry-run
check 'dry run prints SQL' grep -qi 'create schema' "$work/out"
equal 'dry run leaves no schema' 0 "$(sql "select count(*) from pg_namespace where nspname = 'cdr'")"
exits 'init' 0 init
exits 'init again' 0 init
sql "insert into cdr.schema_version (version, name)
     select max(version) + 1, 'of_tomorrow' from cdr.schema_version"
exits 'a newer database: load' 5 --tz UTC load "$seed"
says 'a newer database: load' 'newer'
exits 'a newer database: init' 5 init
says 'a newer database: init' 'newer'
# Whoever reads legs looks at the schema first, too.
for command in 'explain --leg 01234567-89ab-cdef-0123-456789abcdef' 'rules cases --leg 01234567-89ab-cdef-0123-456789abcdef' \
  'rules suggest --last 7d' 'rules diff mappings --last 7d' 'rules coverage --last 7d' 'stats --last 7d' 'rejects list'; do
  # shellcheck disable=SC2086 # words
  exits "a newer database: $command" 5 $command
  says "a newer database: $command" 'newer'
done

# --- no password on a command line, and none in a message -----------------------------------
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
