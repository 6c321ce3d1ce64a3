#!/usr/bin/env bash
# A database that follows another one, and what dashboards read there: as a streaming
# standby, and by logical replication, as cdretl-schema(7) says.
# shellcheck disable=SC2093 # begins anew on a server of its own, which others do not feel
# shellcheck disable=SC2317 # called by await and traps
# shellcheck disable=SC2016 # the inner shell expands
[ -n "${REPLICA_SERVER:-}" ] ||
  exec env -u ETL_TEST_DB REPLICA_SERVER=1 PGOPTS='-c wal_level=logical' scripts/with-pg "$0" "$@"
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
not_on_citus 'legs are on workers: each node has a standby of its own, and no other follower reads all'
export CDRETL_TZ=Europe/Kyiv
demo=tests/samples/demo

as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# What a dashboard would show, as its role sees it.
board() {
  PGHOST=$1 PGDATABASE=$2 psql -XAtq -v ON_ERROR_STOP=1 <<'SQL'
set role cdretl_dashboard;
select * from cdr.kpi_between('2026-05-31', '2026-06-15', 'attempt', 'day', 'carrier') order by 1, 2;
select * from cdr.signal order by 1, 2, 3;
select * from cdr.calls_shown('2026-06-02', '2026-06-03') order by 1, 2, 3 limit 50;
SQL
}
same_board() { [ "$(board "$PGHOST" "$origin")" = "$(board "$1" "$2")" ]; }

fresh_db
origin=$PGDATABASE
exits 'a load' 0 load $demo/history-2026-06-01.csv.gz

# --- streaming ----------------------------------------------------------------
standby=$(mktemp -d "${TMPDIR:-/tmp}/cdretl-standby.XXXXXX")
[ "$(id -u)" != 0 ] || chown postgres "$standby"
stop_standby() {
  as_postgres "$PGBIN/pg_ctl" -D "$standby/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$standby" "$work"
}
trap stop_standby EXIT
check 'a base backup' as_postgres env PGHOST="$PGHOST" "$PGBIN/pg_basebackup" -U etl -R -c fast -D "$standby/data"
check 'a standby' as_postgres "$PGBIN/pg_ctl" -D "$standby/data" -l "$standby/log" -w start \
  -o "-c listen_addresses= -k $standby"
exits 'another load' 0 load $demo/history-2026-06-02.csv.gz
check 'the standby shows what the first server shows' await same_board "$standby" "$origin"
check 'and it is something' test "$(board "$standby" "$origin" | wc -l)" -gt 50
PGHOST=$standby exits 'status there' 0 status --max-data-age 1000000
PGHOST=$standby exits 'a report there' 0 report --from 2026-06-01 --to 2026-06-03 --out "$work/report.html"
PGHOST=$standby exits 'a load there' 5 load $demo/history-2026-06-03.csv.gz
check 'says why' grep -q 'during recovery' "$work/err"

# --- logical ------------------------------------------------------------------
empty_db
follower=$PGDATABASE
export PGDATABASE=$origin
check 'the tables' psql -XAtq -v ON_ERROR_STOP=1 <<'SQL'
alter table cdr.stat_hour replica identity full;
alter table cdr.stat_day replica identity full;
alter table cdr.leg_source replica identity full;
create publication cdretl for all tables with (publish_via_partition_root = true);
select pg_create_logical_replication_slot('cdretl', 'pgoutput');
SQL
check 'the schema without rows' eval \
  'pg_dump --schema=cdr --schema-only | psql -XAtq -v ON_ERROR_STOP=1 -d "$follower"'
# One server cannot make the slot for itself inside the statement: it stands above.
check 'a subscription' psql -XAtq -v ON_ERROR_STOP=1 -d "$follower" -c \
  'create table cdr.leg_other_months partition of cdr.leg default' -c \
  'alter table cdr.leg_other_months owner to cdretl_owner' -c \
  "create subscription cdretl connection 'host=$PGHOST dbname=$origin user=$PGUSER' publication cdretl
   with (create_slot = false, slot_name = cdretl)"
settled() {
  [ "$(PGDATABASE=$follower sql "select count(*) from pg_subscription_rel where srsubstate <> 'r'")" = 0 ]
}
check 'it has copied' await settled
check 'it shows the same' await same_board "$PGHOST" "$follower"
exits 'a load goes on' 0 load $demo/history-2026-06-0[3-5].csv.gz tests/samples/csv/m6-2026-01.csv
exits 'and one that overlaps' 0 load tests/samples/csv/overlap-morning.csv tests/samples/csv/overlap-afternoon.csv
exits 'and a recomputation' 0 recompute --from 2026-06-01 --to 2026-06-03
check 'all of it arrives' await same_board "$PGHOST" "$follower"
same_rows() { [ "$(digest)" = "$(PGDATABASE=$follower digest)" ]; }
check 'the same to the last row' await same_rows
exits 'a purge' 0 purge --before 2026-06-01
check 'drops months, which is not sent: the follower deletes' psql -XAtq -v ON_ERROR_STOP=1 -d "$follower" -c \
  "delete from cdr.leg where started_at < '2026-06-01Z'"
check 'the same again' await same_rows
PGDATABASE=$follower sql 'drop subscription cdretl' >/dev/null
finish
