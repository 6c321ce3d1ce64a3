# holder.bash - somebody else in the database, who holds what the program wants.  Sourced,
# after lib.bash.
#
# A program that meets a lock stands still at a known point for as long as a test wants;
# nothing then depends on how fast the machine is.
# shellcheck shell=bash

# hold SQL: a session of its own does SQL in a transaction, and keeps that open until
# let_go.  Back when SQL is done, or the test would look before the lock is there; $answer
# is the last line that SQL gave.  One at a time.
hold() {
  local line=
  answer=
  coproc HOLDER { psql -XAtq -v ON_ERROR_STOP=1; }
  # shellcheck disable=SC2153 # coproc sets it
  holder=$HOLDER_PID
  printf 'begin;\n%s;\n%s;\n' "$1" "select 'held'" >&"${HOLDER[1]}"
  until [ "$line" = held ]; do
    answer=$line
    # Bash forgets HOLDER when psql has ended.
    read -r -t 30 line <&"${HOLDER[0]:-}" || { bad "hold: $1"; finish; }
  done
}

# The lock of everybody who writes legs; $answer is t when it was free.
hold_lock() { hold "$(statement load/lock)"; }

# The holder goes.  Rolled back by hand: of a session that just ends the server lets the
# locks go some time later.
let_go() {
  echo 'rollback; \q' >&"${HOLDER[1]}"
  wait "$holder" 2>/dev/null
}

# How many wait for a lock: nothing else tells that a program has come as far as ours.
waiting() {
  sql "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
}
is_waiting() { [ "$(waiting)" = 1 ]; }
nobody_waits() { [ "$(waiting)" = 0 ]; }

# The server learns late that a program was killed, and may still be at work for it: what is
# left is to be judged when the server is done.  Sessions that nodes have with each other stay.
nobody_else() {
  [ "$(sql "select count(*) from pg_stat_activity where datname = current_database()
    and backend_type = 'client backend' and application_name !~ '^citus_' and pid <> pg_backend_pid()")" = 0 ]
}
