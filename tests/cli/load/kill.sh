#!/usr/bin/env bash
# Killed, interrupted, locked out: a load that does not end leaves nothing behind, and the
# next one works.  A lock on the statistics holds the load where everything but the commit
# is done, so nothing here depends on how fast the machine is.
# shellcheck disable=SC2317 # called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
file=tests/samples/demo/history-2026-06-01.csv.gz
legs=$(jq '.files[] | select(.file == "demo/history-2026-06-01.csv.gz").inserted' tests/samples/expected.json)

counts() {
  sql 'select (select count(*) from cdr.leg) || $$ $$ || (select count(*) from cdr.stat_hour)
    || $$ $$ || (select count(*) from cdr.file)'
}

# Months are made before the load, and whoever makes one looks at the statistics.
fresh_months() {
  fresh_db
  sql "select cdr.add_month('2026-05-01'), cdr.add_month('2026-06-01')" >/dev/null
}

# Take a table away; let_go gives it back.
take() { hold "lock table $1 in access exclusive mode"; }

fresh_months
take cdr.stat_hour
beside --tz Europe/Kyiv load "$file"
check 'the load is stopped before its commit' await is_waiting

# Meanwhile a second one is told who is at work.
exits 'a second load' 7 --tz Europe/Kyiv load tests/samples/csv/m6-2026-01.csv
says 'a second load: who holds the lock' '(run|load|lock)'

# Bash tells of the killed whenever it hears of it.
{ kill -9 "$beside"; ends 'killed' 137; } 2>/dev/null
# From 14 on the server looks whether anybody is still there, whatever it waits for.
if [ "$(sql "select current_setting('server_version_num')")" -ge 140000 ]; then
  check 'the server gives up for the dead' await nobody_waits
fi
let_go
check 'the server has noticed' await nobody_else
equal 'kill -9 leaves nothing' '0 0 0' "$(counts)"

exits 'the next load' 0 --tz Europe/Kyiv load "$file"
equal 'the next load has it all' "$legs" "$(sql 'select count(*) from cdr.leg')"

# A server that goes away in the middle: exit 5, one sentence, nothing kept.
fresh_months
take cdr.stat_hour
beside --tz Europe/Kyiv load "$file"
check 'a load to lose its server' await is_waiting
sql "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
  and wait_event_type = 'Lock'" >"$work/terminated"
ends 'the connection is lost' 5
says 'the connection is lost' '(terminat|connection|server)'
let_go
equal 'a lost connection leaves nothing' '0 0 0' "$(counts)"

# A signal while the server is at work: heard at once, nothing kept.  The lock is held to
# the end, so a program that waits for its statement never ends.
interrupt() { # NAME SIGNAL CODE TABLE ARGUMENT...
  local name="$1, $2" signal=$2 code=$3 table=$4 before
  shift 4
  before=$(digest)
  take "$table"
  beside --tz Europe/Kyiv "$@"
  check "$name: it waits for the server" await is_waiting
  kill -s "$signal" "$beside"
  check "$name: it ends" await eval "! kill -0 $beside"
  kill -9 "$beside" 2>/dev/null
  ends "$name: exit code" "$code"
  says "$name: one sentence" interrupted
  check "$name: nobody waits" nobody_waits
  let_go
  check "$name: nobody is left" await nobody_else
  equal "$name: nothing is kept" "$before" "$(digest)"
}

fresh_months
# Rows of a partition are those of its shards, where there are any.
part=cdr.leg_202606
[ -z "$citus" ] || part=$(sql "select string_agg('$part' || '_' || shardid, ', ') from pg_dist_shard
  where logicalrelid = '$part'::regclass")
for signal in INT:130 TERM:143; do
  code=${signal#*:} signal=${signal%:*}
  interrupt statistics "$signal" "$code" cdr.stat_hour load "$file"
  equal "statistics, $signal: the run says how it ended" "$code" "$(last_exit)"
  # Rows pile up before a partition that nobody may enter, until sending itself waits.
  interrupt COPY "$signal" "$code" "$part" load "$file"
  equal "COPY, $signal: the run says how it ended" "$code" "$(last_exit)"
done
# The same calls, told by somebody who knows no SIP codes.
gzip -dc "$file" | sed 's/;\(4[0-9][0-9]\|200\);/;;/g' >"$work/less.csv"
exits 'a load to merge with' 0 --tz Europe/Kyiv load "$work/less.csv"
interrupt merge INT 130 cdr.leg_version load "$file"
equal 'merge: the run says how it ended' 130 "$(last_exit)"
interrupt recompute TERM 143 cdr.leg recompute --from 2026-06-01 --to 2026-06-30
interrupt reading INT 130 cdr.stat_hour stats --from 2026-06-01 --to 2026-06-30

# The reader waits on a pipe that stays open and silent, and is asked to stop.
for shot in INT:130:check TERM:143:check INT:130:load TERM:143:load; do
  IFS=: read -r signal code command <<<"$shot"
  name="$command -, $signal"
  mkfifo "$work/pipe-$signal-$command"
  # As in `beside`, but the shell must not wait for the pipe.
  set -m
  "$CDRETL" --tz Europe/Kyiv "$command" - <"$work/pipe-$signal-$command" >"$work/out" 2>"$work/err" &
  reader=$!
  set +m
  exec 9>"$work/pipe-$signal-$command"
  gzip -dc "$file" | head -c 20000 >&9
  check "$name: it waits" await grep -q '^State:.*S (sleeping)' "/proc/$reader/status"
  kill -s "$signal" "$reader"
  check "$name: it ends" await eval "! kill -0 $reader"
  exec 9>&-
  wait "$reader" 2>/dev/null
  equal "$name: exit code" "$code" $?
done

# --- --wait: another session holds the lock, and ends, or does not --------------------------
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
