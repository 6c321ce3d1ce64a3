# kill -9 of the program: nobody tidies up, the server finds out by itself.
# shellcheck shell=bash disable=SC2154,SC2034 # shared with lib.bash
fault_kill() {
  launch 9
  if let_live; then kill -9 "$pid" 2>/dev/null; fi
  finish_victim
}
faults_kill() { campaign 'kill -9' "$1" fault_kill; }
