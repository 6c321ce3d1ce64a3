#!/usr/bin/env bash
# --wait: another session holds the lock, and ends, or does not.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/lib.bash"
sample=tests/samples/csv/m6-2026-01.csv

# A session that takes the lock and keeps it until release.
hold() {
  coproc HOLDER { psql -XAtq -v ON_ERROR_STOP=1; }
  holder=$HOLDER_PID
  { echo 'begin;'; cat schema/load/lock.sql; } >&"${HOLDER[1]}"
  read -r -t 30 held <&"${HOLDER[0]}"
  equal 'the lock is held' t "$held"
}

release() {
  echo '\q' >&"${HOLDER[1]}"
  wait "$holder"
}

# A load that waits, beside us; its run says that it has begun.
load_beside() {
  local runs
  runs=$(sql 'select count(*) from cdr.run')
  "$CDRETL" --tz Europe/Kyiv load "$@" "$sample" >"$work/out" 2>"$work/err" </dev/null &
  beside=$!
  check 'it has begun' await has_begun "$runs"
}

# shellcheck disable=SC2317 # called by await
has_begun() { [ "$(sql 'select count(*) from cdr.run')" -gt "$1" ]; }

fresh_db
exits 'seconds are a number' 2 load --wait soon "$sample"
says 'seconds are a number' '--wait is a number of seconds'
exits 'of recompute too' 2 recompute --from 2026-01-01 --to 2026-02-01 --wait -1

hold
exits 'nobody waits unasked' 7 --tz Europe/Kyiv load "$sample"
says 'who holds it' 'holds the lock: .* since '
exits 'too short a wait' 7 --tz Europe/Kyiv load --wait 1 "$sample"
exits 'nor does recompute' 7 recompute --from 2026-01-01 --to 2026-02-01 --wait 1
equal 'nothing was loaded' 0 "$(sql 'select count(*) from cdr.leg')"

load_beside --wait 600
check 'it waits' kill -0 "$beside"
release
wait "$beside"
equal 'it goes on when the other ends' 0 $?
equal 'and loads' 24 "$(sql 'select count(*) from cdr.leg')"

hold
export CDRETL_WAIT=600
load_beside
unset CDRETL_WAIT
check 'it waits as its environment says' kill -0 "$beside"
kill -TERM "$beside"
wait "$beside"
equal 'a signal ends the waiting' 143 $?
release
finish
