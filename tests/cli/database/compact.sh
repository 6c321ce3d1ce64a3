#!/usr/bin/env bash
# compact, and partitions that other programs make or drop: nothing is lost, and nothing is
# counted from what is left.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv PGTZ=UTC
first=tests/samples/demo/history-2026-06-01.csv.gz
second=tests/samples/demo/history-2026-06-02.csv.gz

# How the legs of a month are stored.
stored() {
  sql "select a.amname from pg_class c join pg_am a on a.oid = c.relam
       where c.oid = to_regclass('cdr.leg_$1')"
}
digest_legs() { sql "select md5(string_agg(to_jsonb(l)::text, '' order by leg_key)) from cdr.leg l"; }
columns_without_comment() {
  sql "select count(*) from pg_attribute a where a.attrelid = 'cdr.leg_202606'::regclass
       and a.attnum > 0 and col_description(a.attrelid, a.attnum) is null"
}

fresh_db
exits 'a time is needed' 2 compact
says 'a time is needed' '--before T'
exits 'and a known one' 2 compact --before soon
exits 'no words' 2 compact --before 2026-01-01 june
exits 'a load' 0 load "$first"

if [ -z "$citus" ]; then
  exits 'without Citus there is nothing to do' 0 compact --before 2026-07-01
  equal 'and it says so' 'Citus is not in this database: nothing to compact' "$(cat "$work/out")"
  exits 'nor as JSON' 0 --json compact --before 2026-07-01
  equal 'the document' '{"possible":false,"dry_run":false,"months":[]}' "$(cat "$work/out")"
  exits 'init --citus has nothing to distribute' 0 init --citus
  equal 'and says so' 'Citus is not in this database: nothing to distribute' "$(cat "$work/out")"
  equal 'legs are stored as they came' heap "$(stored 202606)"
else
  before=$(digest_legs)
  exits 'which would be' 0 compact --before 2026-07-01 --dry-run
  equal 'none is yet' heap "$(stored 202606)"
  exits 'compact' 0 compact --before 2026-07-01
  equal 'stored by columns' columnar "$(stored 202606)"
  equal 'nothing is lost' "$before" "$(digest_legs)"
  equal 'nor its comments' 0 "$(columns_without_comment)"
  exits 'once more' 0 compact --before 2026-07-01
  equal 'does nothing' '0 months compacted' "$(cat "$work/out")"
  exits 'a load into it' 0 load "$second"
  equal 'opens it' heap "$(stored 202606)"
  exits 'compact again' 0 compact --before 2026-07-01
  exits 'unload' 0 unload "$second"
  equal 'all is as before' "$before" "$(digest_legs)"
  exits 'and again' 0 compact --before 2026-07-01
  exits 'recompute' 0 recompute --from 2026-06-01 --to 2026-06-03
  equal 'opens it too' heap "$(stored 202606)"
fi
exits '--shards goes with --citus' 2 init --shards 8
exits 'a number of shards' 2 init --citus --shards none

# Another program makes the partition of a month before us.
fresh_db
sql "create table cdr.leg_p2026_06 partition of cdr.leg
     for values from ('2026-06-01 00:00Z') to ('2026-07-01 00:00Z')"
exits "another program's partition" 5 load "$first"
says "another program's partition" 'leg_p2026_06 lies where the legs of 2026-06 belong'
sql 'drop table cdr.leg_p2026_06'
exits 'without it' 0 load "$first"

# Another program drops a month.
calls=$(sql "select sum(n) from cdr.stat_hour where unit = 'call' and hour >= '2026-06-01Z'")
sql 'drop table cdr.leg_202606'
exits 'its legs are gone' 5 load "$second"
says 'its legs are gone' 'the legs of 2026-06 are gone, and cdretl did not purge them'
equal 'statistics stay as they were' "$calls" \
  "$(sql "select sum(n) from cdr.stat_hour where unit = 'call' and hour >= '2026-06-01Z'")"
exits 'doctor says what to do' 1 doctor
check 'it names the purge' grep -q 'cdretl purge --before 2026-07-01' "$work/out"
exits 'purge closes the month' 0 purge --before 2026-07-01
exits 'its records are rejects now' 3 load "$second"
equal 'statistics still stay' "$calls" \
  "$(sql "select sum(n) from cdr.stat_hour where unit = 'call' and hour >= '2026-06-01Z'")"

finish
