#!/usr/bin/env bash
# What a run tells on stderr: progress behind 100 %, where merging, counting statistics and the commit
# have a line each; and with --log-format json one object a line, from its start to its end.
# shellcheck disable=SC2317 # called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
samples=tests/samples/csv

# --- progress -------------------------------------------------------------------------------
# What stderr showed, a state of a line each.
states() { tr '\r' '\n' <"$work/err" | sed 's/\x1b\[K//g; s/^.*seed-grid\.csv: //' | grep -v '^$'; }

fresh_db
exits 'a quick load' 0 --progress load tests/samples/csv/seed-grid.csv
equal 'shows every phase' 'merging counting statistics committing' "$(states | grep -E '^(merging|counting|committing)' | tr '\n' ' ' | sed 's/ $//')"
equal 'and leaves no line' 0 "$(tr -d '\r' <"$work/err" | grep -c 'merged\|counted\|committed')"
sql "create function public.slow() returns trigger language plpgsql as 'begin perform pg_sleep(1.6); return null; end';
  create trigger slow after insert on cdr.file for each row execute function public.slow();
  create trigger slow after insert on cdr.stat_hour for each statement execute function public.slow();
  create constraint trigger slow_end after insert on cdr.file deferrable initially deferred
    for each row execute function public.slow()"
exits 'a slow server' 0 --progress load tests/samples/csv/m6-2026-01.csv
for phase in merging 'counting statistics' committing; do
  check "$phase goes on" grep -qE ": $phase, [0-9]+ s" <(tr '\r' '\n' <"$work/err")
done
equal 'and each leaves its line, in order' 'merged statistics counted committed' \
  "$(tr '\r' '\n' <"$work/err" | grep -oE '(merged|statistics counted|committed), [0-9]+ s' | sed 's/, .*//' | tr '\n' ' ' | sed 's/ $//')"
check 'nothing hangs on the last line' test "$(tail -c 3 "$work/err" | od -An -c | tr -d ' ')" = '033[K'
exits 'without progress' 1 load tests/samples/csv/clock-forward.csv
equal 'nothing of it' '' "$(grep -E 'merg|commit' "$work/err")"

# --- objects --------------------------------------------------------------------------------
export CDRETL_LOG_FORMAT=json

# objects NAME: stderr holds objects only, each with time and level, a start and an end.
objects() {
  check "$1: objects, each with time and level" jq -es \
    'length > 1 and all(.time | test("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"))
     and all(.level | IN("info", "note", "warning", "error"))' "$work/err"
  check "$1: a line is an object" test "$(wc -l <"$work/err")" = "$(jq -s length "$work/err")"
  equal "$1: begins and ends" "start end $status" \
    "$(jq -rs '"\(.[0].event) \(.[-1].event) \(.[-1].exit)"' "$work/err")"
}
log() { jq -rs "$1" "$work/err"; }

fresh_db
exits 'load' 0 load $samples/m6-2026-01.csv
objects 'load'
equal 'the command' load "$(log '.[0].command')"
equal 'the file with its counts' '24 24 loaded' \
  "$(log '.[] | select(.event == "file") | .file | "\(.records) \(.inserted) \(.verdict)"')"
equal 'the seconds of each phase' 'commit merge read statistics' \
  "$(log '.[] | select(.event == "file") | .seconds | keys | join(" ")')"
equal 'lines say the run' "$(sql 'select max(run_id) from cdr.run')" "$(log '.[-1].run')"

printf 'name;price\n"bread";20\n' >"$work/sh\"op"$'\n'".csv"
exits 'a refused file' 3 load "$work/sh\"op"$'\n'".csv" $samples/m6-2026-01.csv
objects 'a refused file'
equal 'both files' 'refused already_loaded' "$(log '[.[] | select(.event == "file") | .file.verdict] | join(" ")')"
equal 'an error is a line' 1 "$(log '[.[] | select(.level == "error")] | length')"

exits 'check' 0 check $samples/m6-2026-01.csv
objects 'check'
equal 'check names its file' 24 "$(log '.[] | select(.event == "file") | .file.records')"
exits 'progress does not break lines' 0 --progress check $samples/m6-2026-01.csv
objects 'progress does not break lines'
exits 'a wrong command line' 2 load --nonsense
check 'a wrong command line is told as an object' jq -es 'length > 0' "$work/err"
exits 'no database' 5 --db 'host=/nowhere' load $samples/m6-2026-01.csv
objects 'no database'
exits 'quiet' 0 --quiet load $samples/m6-2026-01.csv
equal 'quiet says nothing' '' "$(cat "$work/err")"

# A signal, while the program waits for standard input.
mkfifo "$work/pipe"
"$CDRETL" load - <"$work/pipe" >"$work/out" 2>"$work/err" &
beside=$!
exec 9>"$work/pipe"
begun() { grep -q '"event":"start"' "$work/err"; }
check 'it has begun' await begun
kill -TERM "$beside"
wait "$beside"
status=$?
exec 9>&-
equal 'ended by a signal' 143 "$status"
objects 'a signal'
equal 'which one' SIGTERM "$(log '.[] | select(.event == "signal") | .signal')"
finish
