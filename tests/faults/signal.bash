# SIGINT and SIGTERM: the program stops by itself, says 130 or 143, and that it was so.
# shellcheck shell=bash disable=SC2154,SC2034 # shared with lib.bash
fault_signal() {
  launch "$signal"
  if let_live; then kill -s "$signal" "$pid" 2>/dev/null; fi
  finish_victim
}
faults_signal() {
  signal=2 campaign SIGINT "$1" fault_signal
  signal=15 campaign SIGTERM "$1" fault_signal
}
