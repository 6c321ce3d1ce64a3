# Two loads that start at the same moment: both are held at their first message to the
# server and let go together.
# shellcheck shell=bash disable=SC2154,SC2034 # shared with lib.bash

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
