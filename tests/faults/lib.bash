# lib.bash - what the faults share: victims, points of fire, the verdict on what is left.
#
# A victim is a command of the program, the database it begins with (template
# before_NAME) and what that database comes to when nobody interferes.  A shot runs it on
# a database of its own, lets a fault happen at some point of its life, and looks: the
# digests are those of before or of after, nothing lies about, and the same command,
# given again, ends at after.
# shellcheck shell=bash
# shellcheck source=tests/cli/lib.bash
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
shot_so=${SHOT_SO:-$(dirname "$CDRETL")/tests/faults/shot.so}
victims=(fresh recompute merge purge forget spool) # in this order they are reared
phases=(start open read COPY merge statistics commit move end)
declare -A before after runs code life shots_in
exec {never}<> <(:)

log() { [ -z "${FAULTS_VERBOSE:-}" ] || printf '%s\n' "$*" >&2; }

# SQL on the database NAME.
sql_on() { PGDATABASE=$1 sql "$2"; }

# --- victims ----------------------------------------------------------------------------

# Three days of calls, a few lines that make no sense; and two of the days as told by
# somebody who knows no SIP codes, so that a merge finds new, better known and same legs.
make_inputs() {
  local demo=tests/samples/demo
  gzip -dc "$demo/history-2026-06-01.csv.gz" | head -n 1 >"$work/caption"
  for day in 01 02 03; do gzip -dc "$demo/history-2026-06-$day.csv.gz" | tail -n +2 >"$work/day-$day"; done
  {
    cat "$work/caption" "$work"/day-*
    head -n 20 "$work/day-01" | awk -F';' -v OFS=';' '{ $2 = "32.13.2026, 25:00:00"; print }'
  } >"$work/calls.csv"
  { cat "$work/caption"; sed 's/;\(4[0-9][0-9]\|200\);/;;/g' "$work/day-01"; cat "$work/day-02"; } >"$work/less.csv"
  cp -r mappings "$work/mappings"
  jq '(.rules[] | select(.id == "vega.declined").then) = {"category": "BUSY", "confidence": "certain"}' \
    mappings/rules/65-provider-vega.json >"$work/mappings/rules/65-provider-vega.json"
  printf 'name;price\nbread;20\n' >"$work/shop.csv"
  # Where files go that were loaded may be another filesystem: they are copied then.
  far=$(mktemp -d /dev/shm/cdretl-XXXXXX)
  trap 'rm -rf "$work" "$far"' EXIT
}

# Put VICTIM's input in its place and leave its command in $command.
arm() {
  rm -rf "$work/spool" "$work/tmp"
  mkdir -p "$work/spool/incoming" "$work/tmp"
  command=("$CDRETL" -q --tz Europe/Kyiv load --min-age 0 --spool "$work/spool")
  unseen='left|run' refused=
  case $1 in
    fresh | merge) cp "$work/calls.csv" "$work/spool/incoming/" ;;
    recompute) command=("$CDRETL" -q --mappings "$work/mappings" recompute --untested-rules
      --from 2026-05-31 --to 2026-06-05) ;;
    purge) command=("$CDRETL" -q purge --before 2026-07-01) ;;
    # Several files on their ways; who is refused twice is noted twice.
    spool) unseen='left|run|file' refused=3
      rm -rf "${far:?}"/* "$far"/.cdretl* && ln -s "$far" "$work/spool/processed"
      cp "$work/less.csv" "$work/spool/incoming/a.csv" && cp "$work/shop.csv" "$work/spool/incoming/b.csv"
      cp "$work/calls.csv" "$work/spool/incoming/c.csv" ;;
    forget) command=("$CDRETL" -q forget --spool "$work/spool" 380960009660 0680004878 380660002681)
      mkdir -p "$work/spool/processed" "$work/spool/failed" ;;
  esac
}

new_db() { # NAME TEMPLATE [CLAUSE]
  PGDATABASE=postgres psql -XAtq -v ON_ERROR_STOP=1 -c "drop database if exists $1 with (force)" \
    -c "create database $1 template $2 ${3:-}" >"$work/err" 2>&1 || { cat "$work/err"; exit 2; }
}

now_ms() { local t=${EPOCHREALTIME/[.,]/}; echo $((t / 1000)); }

# Begin with VICTIM: its database as it is before, how it ends, how long that takes.
rear() {
  local name=$1 from=before_fresh
  case $name in
    fresh) from=template1 ;;
    recompute) from=shot ;; # what the victim `fresh` came to
    purge | forget) from=before_recompute ;;
  esac
  arm none
  new_db "before_$name" $from
  export PGDATABASE=before_$name
  case $name in
    fresh) "$CDRETL" -q init >/dev/null ;;
    merge) "$CDRETL" -q --tz Europe/Kyiv load "$work/less.csv" >/dev/null ;;
  esac || { echo "faults: $name cannot be prepared" && exit 2; }
  look
  before[$name]=$state
  runs[$name]=$(last_run | cut -d'|' -f2)
  live_through "$name"
  # The second time caches are warm, as they will be.
  [ -z "$full" ] || live_through "$name"
  look
  after[$name]=$state
  log "victim $name: ${life[$name]} ms, $(wc -l <"$work/trace") messages, exit ${code[$name]}"
  [ "${before[$name]}" != "${after[$name]}" ] && is_done "${code[$name]}" && is_sound && return
  echo "faults: $name by itself goes wrong:" && cat "$work/err" && exit 2
}

# May a run that nobody disturbs end so?
is_done() { [ "$1" -le 1 ] || [ "$1" = "$refused" ]; }

live_through() {
  local name=$1 began
  new_db shot "before_$name"
  export PGDATABASE=shot
  arm "$name"
  at='' where=''
  began=$(now_ms)
  launch 0
  finish_victim
  life[$name]=$(($(now_ms) - began)) code[$name]=$ended
  cp "$work/trace" "$work/trace.$name"
}

# --- what there is to see ---------------------------------------------------------------

# Everything of tests/faults/look.sql into $seen, the digests alone into $state, once
# nobody else is in the database.  Fails when somebody stays, or something lies about.
look() {
  take_a_look
  [ "${seen%%$'\n'*}" = 'left|0|0|0|0' ] || await nothing_left
}
take_a_look() {
  seen=$(psql -Xq -v ON_ERROR_STOP=1 -f tests/faults/look.sql)
  state=$(grep -vE "^($unseen)\\|" <<<"$seen")
}
nothing_left() { take_a_look && [ "${seen%%$'\n'*}" = 'left|0|0|0|0' ]; }
last_run() { sed -n 's/^run|//p' <<<"$seen"; } # exit code, -1 for none; how many runs

# The statistics are those of the legs; those of a purged month stay.
is_sound() {
  [ "$(sql "with built as (
      select h.* from cdr.hours_between('2026-05-01 00:00+00', '2026-07-01 00:00+00') h)
    select (select count(*) from (select * from cdr.stat_hour except all select * from built) more
        where not exists (select 1 from cdr.purged_month))
      + (select count(*) from (select * from built except all select * from cdr.stat_hour) less)")" = 0 ]
}

# How many messages the victim has sent: where it is when the fault comes.
mark() { mapfile -t sent <"$work/trace"; here=${#sent[@]}; }

# The phase of message $here.
phase() {
  awk -f tests/faults/phase.awk "$work/trace" |
    awk -v here="${here:-0}" 'NR == here { word = $1 } END { print word == "" ? "start" : word }'
}

# --- a shot -----------------------------------------------------------------------------

# Draw a point of VICTIM's life: by the clock, or by the messages of a phase.  Leaves
# $at (message) with $where, or $delay (seconds), and $point to read.
draw() {
  local victim=$1 part numbers
  at='' where='' delay='' here=''
  if [ $((RANDOM % 2)) = 0 ]; then
    delay=$(awk -v ms=$((RANDOM * life[$victim] / 32768)) 'BEGIN { printf "%.3f", ms / 1000 }')
    point="after $delay s"
    return
  fi
  # One phase after the other, however short they are; behind the end nothing but
  # a kill is news.
  while :; do
    part=${phases[$((turn++ % ${#phases[@]}))]}
    [ "$part" != end ] || [ "$kind" = 'kill -9' ] || continue
    mapfile -t numbers < <(awk -f tests/faults/phase.awk "$work/trace.$victim" | grep -n "^$part\$" | cut -d: -f1)
    [ "${#numbers[@]}" = 0 ] || break
  done
  at=${numbers[$((RANDOM % ${#numbers[@]}))]}
  where=$(cut -d' ' -f$((RANDOM % 3 + 1)) <<<'before half after')
  point="$where message $at" here=$at
}

# Start the victim, which is hit by SIGNAL when its point is a message.
launch() { # SIGNAL
  : >"$work/trace"
  # Background jobs of a script ignore SIGINT unless job control is on.
  set -m
  SHOT_AT=$at SHOT_WHERE=$where SHOT_SIGNAL=$1 SHOT_TRACE=$work/trace TMPDIR=$work/tmp \
    LD_PRELOAD=$shot_so "${command[@]}" >/dev/null 2>"$work/err" &
  pid=$!
  set +m
}

pause() { read -r -t "$1" -u "$never"; }

# Let the victim live until its point, when that is a point of time.
let_live() {
  [ -n "$delay" ] || return 1
  pause "$delay"
  mark
}

# Wait for a victim that is to stop itself at a message; fails when it came to its end.
is_stopped() {
  local state
  while read -r _ _ state _ 2>/dev/null <"/proc/$pid/stat"; do
    [ "$state" != T ] || return 0
    [ "$state" != Z ] || return 1
    pause 0.005
  done
  return 1
}

# Everything is over; $ended is how the program ended.
finish_victim() {
  wait "$pid" 2>/dev/null
  ended=$?
}

# Is something wrong with what VICTIM left?  Says what, and leaves $fate.
inspect() {
  local victim=$1 run
  look || { echo "it leaves (backends, temporary tables, prepared, locks) ${seen%%$'\n'*}"; return; }
  case $state in
    "${before[$victim]}") fate=before ;;
    "${after[$victim]}") fate=after ;;
    *)
      fate=wrong
      # These may end between two of their transactions.
      if [[ $victim =~ ^(recompute|purge|forget|spool)$ ]] && is_sound; then fate=between; else
        echo 'neither before nor after:'
        diff -U 0 --label expected --label got <(echo "${before[$victim]}") <(echo "$state")
        return
      fi
      ;;
  esac
  case $ended/$fate in
    0/after | 1/after | "$refused/after" | 5/* | 137/* | 130/before | 143/before | 130/between | 143/between) ;;
    # What comes behind the last commit may be interrupted, and all files are kept.
    130/after | 143/after) [ "$victim" = spool ] || [ "$(awk -f tests/faults/phase.awk "$work/trace" | tail -n 1)" = end ] || echo "exit $ended, and all is kept" ;;
    *) echo "exit $ended, and what is left is as $fate" ;;
  esac
  # A run that could say how it ended says so; one that could not is not finished.
  run=$(last_run)
  [ "${run#*|}" -gt "${runs[$victim]}" ] || run='none|'
  case $ended/${run%|*} in
    "$ended/$ended" | 5/none | 5/-1 | 130/none | 143/none | 137/*) ;;
    # The end of the run was written and not confirmed.
    5/[013]) [ "$fate" = after ] || echo "the run says ${run%|*}, and what is left is as $fate" ;;
    *) echo "exit $ended, and the run says ${run%|*}" ;;
  esac
  case ${run%|*}/$fate in
    [013]/before) echo "the run says ${run%|*}, and nothing was kept" ;;
  esac
  [ "${run%|*}" != -1 ] || inspect_status
  inspect_folders "$victim"
}

# `status` knows of the run that nobody finished; asking once in a while is enough.
unfinished=0
inspect_status() {
  unfinished=$((unfinished + 1))
  [ $((unfinished % 5)) = 1 ] || return 0
  [ "$("$CDRETL" status --json 2>/dev/null | jq -c '[.health.unfinished_runs, .runs[0].exit_code]')" = '[1,null]' ] ||
    echo 'status does not tell of the run that was not finished'
}

# Every file of several is somewhere, once and whole; who is refused, with a note.
inspect_several() {
  local pair name file held
  for pair in a:less b:shop c:calls; do
    name=${pair%:*} file=$work/${pair#*:}.csv
    held=$(find "$work/spool/incoming" "$work/spool/failed" "$far" -name "$name.csv" 2>/dev/null)
    # A copy has its name when it is whole; then the first one goes.
    [ "$held" != "$work/spool/incoming/$name.csv"$'\n'"$far/$name.csv" ] || held=$far/$name.csv
    cmp "$file" "$held" 2>/dev/null || echo "the spool holds '$held' of $name.csv"
  done
  [ ! -e "$work/spool/failed/b.csv" ] || [ -s "$work/spool/failed/b.csv.note" ] || echo 'b.csv is in failed/ without a note'
}

# And when all is over, each is where it belongs, and nothing else is anywhere.
inspect_end() {
  local held
  held=$(cd "$work/spool" && find incoming failed -type f | sort && cd "$far" && find . -type f | sort)
  [ "$held" = $'failed/b.csv\nfailed/b.csv.note\n./a.csv\n./c.csv' ] || echo "in the end the spool holds ${held//$'\n'/ }"
}

# The spool holds the one file, whole, in incoming or, when it is loaded, in processed.
inspect_folders() {
  local held
  [ -z "$(find "$work/tmp" -mindepth 1 -print -quit)" ] || echo "temporary files are left: $(ls -A "$work/tmp")"
  [ "$1" != spool ] || inspect_several
  [[ $1 = fresh || $1 = merge ]] || return 0
  held=$(cd "$work/spool" && find . -type f)
  case $held/$fate in
    ./incoming/calls.csv/* | ./processed/calls.csv/after) cmp "$work/calls.csv" "$work/spool/$held" ;;
    *) echo "the spool holds '$held', and the state is '$fate'" ;;
  esac
}

# The same once more, by itself: whatever was left, this ends at after.
inspect_repeat() {
  local victim=$1 again
  "${command[@]}" >/dev/null 2>"$work/err"
  again=$?
  is_done $again || { echo "the repetition ends with exit $again: $(cat "$work/err")"; return; }
  look || echo "the repetition leaves ${seen%%$'\n'*}"
  [ "$state" = "${after[$victim]}" ] || {
    echo 'the repetition does not end at after:'
    diff -U 0 --label expected --label got <(echo "${after[$victim]}") <(echo "$state")
  }
  [ "$victim" != spool ] || inspect_end
}

count() { shots_in[$1]=$((${shots_in[$1]:-0} + 1)); }

# shoot KIND VICTIM FAULT: one shot; FAULT is a function that makes it happen once the
# victim runs.  False when the point lay behind the victim's end.
shoot() {
  local kind=$1 victim=$2 fault=$3 said hit here
  new_db shot "before_$victim" "${clause:-}"
  export PGDATABASE=shot
  arm "$victim"
  draw "$victim"
  "$fault"
  hit=$(phase)
  fate=wrong
  inspect "$victim" >"$work/said"
  inspect_repeat "$victim" >>"$work/said"
  said=$(cat "$work/said")
  log "$kind $victim $point ($hit): exit $ended, $fate $said"
  if [ -z "$said" ] && is_done "$ended"; then
    count "$kind late"
    return 1
  fi
  count "$kind shots"
  count "$kind $hit"
  if [ -z "$said" ]; then
    count "$kind $fate"
    good
  else
    count "$kind wrong"
    bad "$kind: $victim, $point ($hit), exit $ended" "$said"
  fi
}

# campaign KIND SHOTS FAULT: so many that hit, victim after victim.
campaign() {
  local kind=$1 wanted=$2 fault=$3 hit=0 tries=0
  RANDOM=$seed
  turn=$RANDOM
  kinds+=("$kind")
  while [ "$hit" -lt "$wanted" ] && [ "$tries" -lt $((wanted * 3 + 10)) ]; do
    shoot "$kind" "${victims[$((tries % ${#victims[@]}))]}" "$fault" && hit=$((hit + 1))
    tries=$((tries + 1))
  done
  [ "$hit" = "$wanted" ] || bad "$kind: only $hit of $wanted shots hit"
}

# --- the table --------------------------------------------------------------------------

kinds=()
print_table() {
  local kind column
  printf '%-28s %5s %6s %7s %5s %5s %4s  |' fault shots before between after wrong late
  printf ' %5s' start open read COPY merge stats commit move end
  echo
  for kind in "${kinds[@]}"; do
    printf '%-28s' "$kind"
    printf ' %5s' "${shots_in[$kind shots]:-0}"
    printf ' %6s' "${shots_in[$kind before]:-0}"
    printf ' %7s' "${shots_in[$kind between]:-0}"
    printf ' %5s' "${shots_in[$kind after]:-0}" "${shots_in[$kind wrong]:-0}"
    printf ' %4s  |' "${shots_in[$kind late]:-0}"
    for column in "${phases[@]}"; do printf ' %5s' "${shots_in[$kind $column]:-0}"; done
    echo
  done
}
