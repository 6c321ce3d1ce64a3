#!/usr/bin/env bash
# A dump of the schema, restored into an empty database, is the same database: it loads,
# keeps forgotten numbers out, recomputes, purges, and init has nothing to do.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
demo=tests/samples/demo

fresh_db
exits 'a load' 0 load $demo/history-2026-06-01.csv.gz $demo/history-2026-06-02.csv.gz
number=$(sql "select caller from cdr.leg where caller ~ '^380\d{9}$' limit 1")
exits 'a number is forgotten' 0 forget "$number"
exits 'init --dry-run of what is there' 0 init --dry-run
equal 'has nothing to do' '' "$(cat "$work/out")"
check 'a dump' pg_dump --schema=cdr --file "$work/dump.sql"
before=$(digest)

empty_db
exits 'init --dry-run of an empty database' 0 init --dry-run
check 'prints what it would do' grep -q 'create table cdr.leg' "$work/out"
equal 'and does nothing' f "$(sql "select to_regnamespace('cdr') is not null")"
check 'it is restored' psql -XAtq -v ON_ERROR_STOP=1 -f "$work/dump.sql"
equal 'it is the same' "$before" "$(digest)"
exits 'init has nothing to do' 0 init
equal 'it said so' '' "$(cat "$work/out")"
equal 'it is still the same' "$before" "$(digest)"
exits 'the same file is known' 0 --json load $demo/history-2026-06-02.csv.gz
equal 'it is already loaded' already_loaded "$(jq -r '.files[0].verdict' "$work/out")"
exits 'it loads' 0 load $demo/history-2026-06-03.csv.gz
{ cat tests/samples/csv/m6-2026-01.csv; } | sed "s/380960002440/$number/g" >"$work/again.csv"
exits 'an export with that number' 0 load "$work/again.csv"
equal 'the number stays away' 0 "$(sql "select count(*) from cdr.leg l where l::text like '%$number%'")"
exits 'it recomputes' 0 recompute --from 2026-06-01 --to 2026-06-04
equal 'statistics are those of the legs' 0 "$(unlike 2026-06-01)"
exits 'it purges' 0 purge --before 2026-07-01
exits 'status' 0 status --max-data-age 1000000
finish
