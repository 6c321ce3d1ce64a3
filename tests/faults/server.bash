# The server dies on the spot and comes back: what it knows then is what it had written down.
# shellcheck shell=bash disable=SC2154,SC2034 # shared with lib.bash
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
