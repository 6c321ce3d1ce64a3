#!/usr/bin/env bash
# --wait: another session holds the lock, and ends, or does not.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
sample=tests/samples/csv/m6-2026-01.csv

# A load that waits; its run says that it has begun.
load_beside() {
  local runs
  runs=$(sql 'select count(*) from cdr.run')
  beside --tz Europe/Kyiv load "$@" "$sample"
  check 'it has begun' await has_begun "$runs"
}

# shellcheck disable=SC2317 # called by await
has_begun() { [ "$(sql 'select count(*) from cdr.run')" -gt "$1" ]; }

fresh_db
exits 'seconds are a number' 2 load --wait soon "$sample"
says 'seconds are a number' '--wait is a number of seconds'
exits 'of recompute too' 2 recompute --from 2026-01-01 --to 2026-02-01 --wait -1

hold_lock
equal 'the lock is held' t "$answer"
exits 'nobody waits unasked' 7 --tz Europe/Kyiv load "$sample"
says 'who holds it' 'holds the lock: .* since '
exits 'too short a wait' 7 --tz Europe/Kyiv load --wait 1 "$sample"
exits 'nor does recompute' 7 recompute --from 2026-01-01 --to 2026-02-01 --wait 1
equal 'nothing was loaded' 0 "$(sql 'select count(*) from cdr.leg')"

load_beside --wait 600
check 'it waits' kill -0 "$beside"
let_go
ends 'it goes on when the other ends' 0
equal 'and loads' 24 "$(sql 'select count(*) from cdr.leg')"

hold_lock
equal 'the lock is held' t "$answer"
export CDRETL_WAIT=600
load_beside
unset CDRETL_WAIT
check 'it waits as its environment says' kill -0 "$beside"
kill -TERM "$beside"
ends 'a signal ends the waiting' 143
let_go
finish
