# kinds.bash - the kinds of fault.
# shellcheck shell=bash disable=SC2154,SC2034 # shared with lib.bash

# --- one process: the program, its connection or its server ---------------------------------

# kill -9 of the program: nobody tidies up, the server finds out by itself.
fault_kill() {
  launch 9
  if let_live; then kill -9 "$pid" 2>/dev/null; fi
  finish_victim
}
faults_kill() { campaign 'kill -9' "$1" fault_kill; }

# SIGINT and SIGTERM: the program stops by itself, says 130 or 143, and that it was so.
fault_signal() {
  launch "$signal"
  if let_live; then kill -s "$signal" "$pid" 2>/dev/null; fi
  finish_victim
}
faults_signal() {
  signal=2 campaign SIGINT "$1" fault_signal
  signal=15 campaign SIGTERM "$1" fault_signal
}

# The server ends the connection: an administrator did, or a firewall.
fault_connection() {
  launch 19
  let_live || is_stopped
  PGDATABASE=postgres sql "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'shot'" >/dev/null
  kill -CONT "$pid" 2>/dev/null
  finish_victim
}
faults_connection() { campaign pg_terminate_backend "$1" fault_connection; }

# The server dies on the spot and comes back: what it knows then is what it had written down.
pg_ctl() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && runuser -u postgres -- "$PGBIN/pg_ctl" -D "$PGDATA" "$@")
  else
    "$PGBIN/pg_ctl" -D "$PGDATA" "$@"
  fi
}
fault_server() {
  # A sequence that was copied with its database is not written down until the next
  # checkpoint: PostgreSQL 15 would use its numbers twice.
  sql checkpoint
  launch 19
  let_live || is_stopped
  # `restart` is stop and start with the options of before.
  pg_ctl -m immediate -w -l "$PGHOST/log" restart >"$work/restart" 2>&1 || cat "$work/restart"
  kill -CONT "$pid" 2>/dev/null
  finish_victim
}
faults_server() { campaign 'pg_ctl stop -m immediate' "$1" fault_server; }

# --- the disk -------------------------------------------------------------------------------

# The disk is full: a tablespace on a small tmpfs that has less room than the victim wants.
mounted=
# shellcheck disable=SC2317 # called by the trap
unmount() {
  [ -z "$mounted" ] || umount -l "$mounted"
}

used() { df --output=used -B 4096 "$mounted" | tail -n 1; }
resize() { mount -o "remount,size=$(($1 * 4096))" "$mounted"; }

# How much more room does the victim take, in pages?
measure_room() {
  local victim=$1 first
  new_db shot "before_$victim" 'tablespace small'
  first=$(used)
  arm "$victim"
  PGDATABASE=shot "${command[@]}" >/dev/null 2>&1
  wants[$victim]=$(($(used) - first))
}
declare -A wants

fault_disk() {
  local room=$((RANDOM * wants[$victim] / 32768))
  at='' where='' point="with room for $room of ${wants[$victim]} pages"
  resize $(($(used) + room))
  launch 0
  finish_victim
  # What it said before it gave up.
  here=$(($(grep -n ' rollback' "$work/trace" | tail -n 1 | cut -d: -f1) - 1))
  resize $(($(used) + 65536))
}

faults_disk() {
  # A purge takes no room.
  local victim clause victims=(fresh recompute merge forget)
  if ! { mkdir "$PGHOST/small" && mount -t tmpfs -o size=512m tmpfs "$PGHOST/small"; } 2>"$work/err"; then
    echo "disk full: skipped, nothing can be mounted here: $(cat "$work/err")"
    return
  fi
  mounted=$PGHOST/small
  trap 'PGDATABASE=postgres sql "drop database if exists shot with (force)"; unmount; rm -rf "$work" "$far"' EXIT
  chown --reference="$PGDATA" "$mounted"
  chmod 700 "$mounted"
  PGDATABASE=postgres sql "create tablespace small location '$mounted'"
  for victim in "${victims[@]}"; do measure_room "$victim"; done
  clause='tablespace small' campaign 'disk full' "$1" fault_disk
  PGDATABASE=postgres sql 'drop database if exists shot with (force)'
  PGDATABASE=postgres sql 'drop tablespace small'
}

# --- another load ---------------------------------------------------------------------------

# Two loads that start at the same moment: both are held at their first message to the
# server and let go together.

# State without the ledger and the tellers' names: of two that tell a leg likewise, the one who
# came first is kept.
legs_and_statistics() { take_a_look && grep -E '^(leg alone|call|stat_hour)\|' <<<"$state"; }

# One of the two, in the background; its number in $pid.
start_one() { # NAME OPTIONS... FILE
  local name=$1
  shift
  SHOT_AT=1 SHOT_WHERE=before SHOT_SIGNAL=19 LD_PRELOAD=$shot_so \
    "$CDRETL" -q --tz Europe/Kyiv load "$@" >/dev/null 2>"$work/err.$name" &
  pid=$!
}

# race NAME FIRST SECOND OPTIONS...: leaves the exit codes in $ended.
race() {
  local name=$1 first=$2 second=$3 one two
  shift 3
  new_db shot before_fresh
  export PGDATABASE=shot
  set -m
  start_one first "$@" "$first" && one=$pid
  start_one second "$@" "$second" && two=$pid
  set +m
  pid=$one is_stopped
  pid=$two is_stopped
  kill -CONT "$one" "$two"
  wait "$one"
  ended=$?
  wait "$two"
  ended="$ended $?"
  check "$name: nothing is left" look
  found=$(sql "select deadlocks from pg_stat_database where datname = current_database()")
  equal "$name: no deadlock" 0 "$found"
  deadlocks=$((deadlocks + found))
  log "$name: exits $ended"
}

# What two loads one after the other come to.
in_turn() {
  new_db shot before_fresh
  export PGDATABASE=shot
  for file in "$@"; do "$CDRETL" -q --tz Europe/Kyiv load "$file" >/dev/null 2>&1; done
  legs_and_statistics
}

# Who is locked out takes no lock: not even at his end, when the other may be between two
# transactions, or both would go home.
locked_out() {
  new_db shot before_fresh
  export PGDATABASE=shot
  hold_lock
  equal 'the lock is held' t "$answer"
  : >"$work/trace"
  SHOT_TRACE=$work/trace LD_PRELOAD=$shot_so "$CDRETL" -q --tz Europe/Kyiv load "$work/calls.csv" >/dev/null 2>&1
  equal 'locked out' 7 $?
  # The run's own row, and the file, whose transaction begins with the lock: none at the end.
  equal 'locked out: it asks for the lock once' 2 "$(grep -c 'begin isolation level read committed read write' "$work/trace")"
  let_go
}

faults_race() {
  local other same different round second expected met=0 late=0 deadlocks=0 found
  locked_out
  same=$(in_turn "$work/calls.csv")
  different=$(in_turn "$work/less.csv" "$work/calls.csv")
  for ((round = 0; round < $1; round++)); do
    second=$work/calls.csv expected=$same
    [ $((round % 2)) = 0 ] || { second=$work/less.csv expected=$different; }

    race "two loads, round $round" "$work/calls.csv" "$second"
    case $ended in *7*) met=$((met + 1)) ;; esac
    case $ended in
      '7 7') bad "two loads, round $round" "nobody loaded: $(cat "$work/err.first" "$work/err.second")" ;;
      [017]' '[017]) good ;;
      *) bad "two loads, round $round" "exits $ended: $(cat "$work/err.first" "$work/err.second")" ;;
    esac
    for other in "$work/calls.csv" "$second"; do "$CDRETL" -q --tz Europe/Kyiv load "$other" >/dev/null 2>&1; done
    equal "two loads, round $round: the end" "$expected" "$(legs_and_statistics)"

    race "two loads --wait, round $round" "$work/calls.csv" "$second" --wait 60
    case $ended in *7*) late=$((late + 1)) ;; esac
    case $ended in
      [01]' '[01]) good ;;
      *) bad "two loads --wait, round $round" "exits $ended: $(cat "$work/err.first" "$work/err.second")" ;;
    esac
    equal "two loads --wait, round $round: the end" "$expected" "$(legs_and_statistics)"
  done
  races="two loads at once, $1 times: in $met one was told to come again (exit 7), with --wait in $late; $deadlocks deadlocks"
  check 'two loads: they met at least once' test "$met" -gt 0
}
