# shots.bash - faults that hit one process: the program, its connection or its server.
# shellcheck shell=bash disable=SC2154,SC2034 # shared with lib.bash

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
