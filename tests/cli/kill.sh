#!/usr/bin/env bash
# Killed, interrupted, locked out: a load that does not end leaves nothing behind, and the
# next one works.  A lock on the statistics holds the load where everything but the commit
# is done, so nothing here depends on how fast the machine is.
# shellcheck disable=SC2317 # called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/lib.bash"
file=tests/samples/demo/history-2026-06-01.csv.gz
legs=$(jq '.files[] | select(.file == "demo/history-2026-06-01.csv.gz").inserted' tests/samples/expected.json)

counts() {
  sql 'select (select count(*) from cdr.leg) || $$ $$ || (select count(*) from cdr.stat_hour)
    || $$ $$ || (select count(*) from cdr.file)'
}

is_waiting() {
  [ "$(sql "select count(*) from pg_stat_activity where datname = current_database()
    and wait_event_type = 'Lock' and pid <> pg_backend_pid()")" = 1 ]
}

nobody_else() {
  [ "$(sql "select count(*) from pg_stat_activity where datname = current_database()
    and backend_type = 'client backend' and pid <> pg_backend_pid()")" = 0 ]
}

# Take the statistics away; let_go gives them back.
hold() {
  coproc HOLDER { psql -XAtq; }
  holder=$HOLDER_PID
  echo "begin; lock table cdr.stat_hour in access exclusive mode; select 'held';" >&"${HOLDER[1]}"
  read -r -t 30 <&"${HOLDER[0]}"
}
let_go() {
  echo 'rollback; \q' >&"${HOLDER[1]}"
  wait "$holder" 2>/dev/null
}

start_load() {
  "$CDRETL" --tz Europe/Kyiv load "$file" >"$work/bg.out" 2>"$work/bg.err" &
  load=$!
}

fresh_db
hold
start_load
check 'the load is stopped before its commit' await is_waiting

# Meanwhile a second one is told who is at work.
exits 'a second load' 7 --tz Europe/Kyiv load tests/samples/csv/m6-2026-01.csv
says 'a second load: who holds the lock' '(run|load|lock)'

kill -9 "$load"
wait "$load" 2>/dev/null
equal 'killed' 137 $?
let_go
check 'the server has noticed' await nobody_else
equal 'kill -9 leaves nothing' '0 0 0' "$(counts)"

exits 'the next load' 0 --tz Europe/Kyiv load "$file"
equal 'the next load has it all' "$legs" "$(sql 'select count(*) from cdr.leg')"

# A server that goes away in the middle: exit 5, one sentence, nothing kept.
fresh_db
hold
start_load
check 'a load to lose its server' await is_waiting
sql "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
  and wait_event_type = 'Lock'" >"$work/terminated"
wait "$load"
equal 'the connection is lost' 5 $?
cp "$work/bg.err" "$work/err"
says 'the connection is lost' '(terminat|connection|server)'
let_go
equal 'a lost connection leaves nothing' '0 0 0' "$(counts)"

# Signals: the reader waits on a pipe that stays open, and is asked to stop.
for signal in INT:130 TERM:143; do
  mkfifo "$work/pipe-$signal"
  # Background jobs of a script ignore SIGINT unless job control is on.
  set -m
  "$CDRETL" --tz Europe/Kyiv check - <"$work/pipe-$signal" >"$work/bg.out" 2>"$work/bg.err" &
  reader=$!
  set +m
  exec 9>"$work/pipe-$signal"
  gzip -dc "$file" | head -c 20000 >&9
  check "$signal: the reader waits" await grep -q '^State:.*S (sleeping)' "/proc/$reader/status"
  kill -s "${signal%:*}" "$reader"
  # What it sleeps in may begin anew after the signal: then more bytes let it look up.
  await eval "! kill -0 $reader" & watcher=$!
  { gzip -dc "$file" >&9; } 2>/dev/null
  exec 9>&-
  wait "$reader" 2>/dev/null
  equal "$signal: exit code" "${signal#*:}" $?
  wait "$watcher" 2>/dev/null
done
finish
