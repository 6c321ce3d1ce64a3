# The disk is full: a tablespace on a small tmpfs that has less room than the victim wants.
# shellcheck shell=bash disable=SC2154,SC2034 # shared with lib.bash
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
