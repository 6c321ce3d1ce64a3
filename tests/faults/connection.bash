# The server ends the connection: an administrator did, or a firewall.
# shellcheck shell=bash disable=SC2154,SC2034 # shared with lib.bash
fault_connection() {
  launch 19
  let_live || is_stopped
  PGDATABASE=postgres sql "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'shot'" >/dev/null
  kill -CONT "$pid" 2>/dev/null
  finish_victim
}
faults_connection() { campaign pg_terminate_backend "$1" fault_connection; }
