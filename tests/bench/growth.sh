#!/usr/bin/env bash
# growth.sh [NAME...] - CPU seconds of the program and of the server for one, two and four
# times as much of what hostile or merely large inputs have much of.  Nothing is asserted:
# from left to right the figures double, or better; they never grow fourfold.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
export CDRETL_TZ=UTC
wanted=" $* "

# Seconds that the server's processes have taken, those that have ended.
server() { awk -v hz="$(getconf CLK_TCK)" '{ printf "%.2f", ($16 + $17) / hz }' "/proc/$(head -n 1 "$PGDATA/postmaster.pid")/stat"; }

# took COMMAND...: CPU seconds of the program and of the server.
took() {
  local before TIMEFORMAT='%U %S' times
  before=$(server)
  times=$({ time "$CDRETL" "$@" >"$work/out" 2>"$work/err" </dev/null; } 2>&1)
  sleep 0.2
  awk -v before="$before" -v after="$(server)" '{ printf "%6.2f +%6.2f  ", $1 + $2, after - before }' <<<"$times"
}

# grows NAME UNIT SIZE FUNCTION: FUNCTION COUNT prepares and measures.
grows() {
  [ "$wanted" = '  ' ] || [[ $wanted == *" $1 "* ]] || return 0
  printf '%-10s %7d %-9s' "$1" "$3" "$2"
  for times in 1 2 4; do "$4" $((times * $3)); done
  echo
}

one_leg='"uuid":"3f6f6f36-9c21-4a0e-8f77-000000000001","created_time":1772445600000,"caller_id_number":"380671234567","destination_number":"380441112233","duration":5'

# One leg that two exports tell with so many keys of their own.
keys() {
  fresh_db
  awk -v n="$1" -v leg="$one_leg" 'BEGIN { printf "{%s,\"hangup_cause\":\"NO_ANSWER\"", leg
    for (i = 0; i < n; i++) printf ",\"x%d\":%d", i, i; print "}" }' >"$work/one.json"
  sed 's/"x/"y/g; s/NO_ANSWER/USER_BUSY/' "$work/one.json" >"$work/other.json"
  "$CDRETL" -q load "$work/one.json" >"$work/out"
  took load "$work/other.json"
}

# A CSV of so many columns, and one of so many rows.
columns() {
  { echo "uuid,created_time,caller_id_number,destination_number,duration,hangup_cause$(seq -s '' -f ',c%.0f' "$1")"
    echo "3f6f6f36-9c21-4a0e-8f77-000000000001,2026-03-02T10:00:00Z,1,2,5,NO_ANSWER$(seq -s '' -f ',%.0f' "$1")"; } >"$work/wide.csv"
  took check "$work/wide.csv"
}
rows() {
  fresh_db
  awk -v n="$1" 'BEGIN { print "uuid,created_time,caller_id_number,destination_number,direction,duration,billsec,hangup_cause,gateway"
    for (i = 0; i < n; i++) printf "%08x-9c21-4a0e-8f77-%012d,2026-03-%02dT%02d:00:%02dZ,380671%06d,380441112233,outbound,5,0,NO_ANSWER,g\n",
      i, i, 1 + i % 28, i % 24, i % 60, i % 1000000 }' >"$work/rows.csv"
  took load "$work/rows.csv"
}

# A record a month over so many months, loaded, and decided anew.
months() {
  fresh_db
  awk -v n="$1" 'BEGIN { print "uuid,created_time,caller_id_number,destination_number,direction,duration,billsec,hangup_cause,gateway"
    for (i = 0; i < n; i++) printf "%08x-9c21-4a0e-8f77-%012d,%d-%02d-15T10:00:00Z,380671%06d,380441112233,outbound,5,0,NO_ANSWER,g\n",
      i, i, 1990 + i / 12, 1 + i % 12, i }' >"$work/months.csv"
  took load "$work/months.csv"
}

# A rule whose list has so many values; so many rules; a pattern of so many stars.
mapping() { # JSON
  rm -rf "$work/maps"
  cp -r mappings "$work/maps"
  cat >"$work/maps/rules/05-grown.json"
}
list() {
  awk -v n="$1" 'BEGIN { printf "{\"rules\":[{\"id\":\"l\",\"why\":\"because\",\"when\":{\"gateway\":["
    for (i = 0; i < n; i++) printf "%s\"gate%d\"", i ? "," : "", i
    print "]},\"then\":{\"category\":\"BUSY\",\"confidence\":\"certain\"}}]}" }' | mapping
  took --mappings "$work/maps" rules lint
}
globs() {
  awk -v n="$1" 'BEGIN { printf "{\"rules\":[{\"id\":\"l\",\"why\":\"because\",\"when\":{\"gateway\":["
    for (i = 0; i < n; i++) printf "%s{\"glob\":\"*gate%dx\"}", i ? "," : "", i
    print "]},\"then\":{\"category\":\"BUSY\",\"confidence\":\"certain\"}}]}" }' | mapping
  took --mappings "$work/maps" rules lint
}
rules() {
  awk -v n="$1" 'BEGIN { printf "{\"rules\":["
    for (i = 0; i < n; i++) printf "%s{\"id\":\"r%d\",\"why\":\"because\",\"when\":{\"gateway\":\"gate%d\",\"sip_code\":%d},\"then\":{\"category\":\"BUSY\",\"confidence\":\"certain\"}}", i ? "," : "", i, i, 400 + i % 200
    print "]}" }' | mapping
  took --mappings "$work/maps" rules lint
}
stars() {
  awk -v n="$1" -v leg="$one_leg" 'BEGIN { printf "{\"rules\":[{\"id\":\"s\",\"why\":\"because\",\"when\":{\"gateway\":{\"glob\":\""
    for (i = 0; i < n; i++) printf "*a"
    print "b\"}},\"then\":{\"category\":\"BUSY\",\"confidence\":\"certain\"}}]}" }' | mapping
  awk 'BEGIN { print "uuid,created_time,caller_id_number,destination_number,duration,hangup_cause,gateway"
    for (i = 0; i < 200; i++) { printf "3f6f6f36-9c21-4a0e-8f77-%012d,2026-03-02T10:00:00Z,1,2,5,NO_ANSWER,", i
      for (k = 0; k < 4000; k++) printf "a"; print "" } }' >"$work/stars.csv"
  took --mappings "$work/maps" check --untested-rules "$work/stars.csv"
}

# So many numbers are forgotten, of 20,000 legs.
numbers() {
  rows 20000 >/dev/null
  seq -f '380671%06.0f' 0 $(($1 - 1)) >"$work/numbers"
  local before TIMEFORMAT='%U %S' times
  before=$(server)
  times=$({ time "$CDRETL" forget - >"$work/out" 2>"$work/err" <"$work/numbers"; } 2>&1)
  sleep 0.2
  awk -v before="$before" -v after="$(server)" '{ printf "%6.2f +%6.2f  ", $1 + $2, after - before }' <<<"$times"
}

# Files of one spool.
files() {
  fresh_db
  rm -rf "$work/spool"
  mkdir -p "$work/spool/incoming"
  for ((i = 0; i < $1; i++)); do
    printf 'uuid,created_time,caller_id_number,destination_number,duration,hangup_cause\n3f6f6f36-9c21-4a0e-8f77-%012d,2026-03-02T10:00:00Z,1,2,5,NO_ANSWER\n' "$i" >"$work/spool/incoming/$i.csv"
  done
  touch -d '1 hour ago' "$work/spool/incoming"/*
  took load --spool "$work/spool"
}

# 5,000 rows into a day that so many files share, half of them legs that these have; nobody has
# analyzed them, and autovacuum may be at it.
shared() {
  fresh_db
  rm -rf "$work/day"
  mkdir "$work/day"
  awk -v files="$1" -v to="$work/day" '
    function row(id, out) {
      printf "%08x-9c21-4a0e-8f77-%012d,2026-03-02T%02d:%02d:%02dZ,380671%06d,380441112233,outbound,5,0,NO_ANSWER,g\n",
        id * 40503 % 1000003, id, id % 24, id % 60, id % 59, id % 1000000 >out }
    BEGIN {
      head = "uuid,created_time,caller_id_number,destination_number,direction,duration,billsec,hangup_cause,gateway"
      for (i = 0; i <= files; i++) {
        out = i < files ? to "/" i ".csv" : to ".csv"
        print head >out
        for (k = 0; k < (i < files ? 500 : 5000); k++)
          row(i < files ? i * 500 + k : k % 2 ? k * files / 10 : 1000000 + k, out)
        close(out)
      } }'
  "$CDRETL" -q load "$work/day" >"$work/out"
  took load "$work/day.csv"
}

# A report of so many inbound calls that rang an employee, just loaded: nobody analyzed them.
fresh() {
  fresh_db
  awk -v n="$1" 'BEGIN { print "uuid;parent_id;created_time;direction;caller_id_number;destination_number;queue_name;user;gateway;duration;billsec;hangup_cause"
    for (i = 0; i < n; i++) {
      at = sprintf("2026-03-%02dT%02d:%02d:%02dZ", 1 + i % 28, i % 24, i % 60, i % 59)
      printf "%08x-9c21-4a0e-8f77-%012d;;%s;inbound;380671%06d;380441112233;Sales;;g%d;30;%d;NORMAL_CLEARING\n", i, i, at, i % 5000, i % 3, i % 2 * 20
      printf "%08x-9c22-4a0e-8f77-%012d;%08x-9c21-4a0e-8f77-%012d;%s;inbound;380671%06d;2%02d;Sales;Agent %d;;25;%d;%s\n", i, i, i, i, at, i % 5000, i % 40, i % 40, i % 2 * 20, i % 2 ? "NORMAL_CLEARING" : "NO_ANSWER"
    } }' >"$work/fresh.csv"
  "$CDRETL" -q load "$work/fresh.csv" >"$work/out"
  took report --out "$work/page"
}

# A report of so many calls, each over a trunk of its own.
trunks() {
  fresh_db
  awk -v n="$1" 'BEGIN { print "uuid,created_time,caller_id_number,destination_number,direction,duration,billsec,hangup_cause,gateway"
    for (i = 0; i < n; i++) printf "%08x-9c21-4a0e-8f77-%012d,2026-03-%02dT%02d:00:%02dZ,380671%06d,380441112233,outbound,5,0,NO_ANSWER,g%d\n",
      i, i, 1 + i % 28, i % 24, i % 60, i, i }' >"$work/trunks.csv"
  "$CDRETL" -q load "$work/trunks.csv" >"$work/out"
  took report --out "$work/page"
}

echo "what            once what    CPU s of the program + the server: once, twice, four times"
grows keys members 10000 keys
grows columns columns 10000 columns
grows list values 5000 list
grows globs patterns 450 globs
grows rules rules 500 rules
grows stars stars 500 stars
grows numbers numbers 1000 numbers
grows files files 25 files
grows rows rows 25000 rows
grows shared files 100 shared
grows months months 110 months
grows fresh calls 5000 fresh
grows trunks trunks 5000 trunks
