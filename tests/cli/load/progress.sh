#!/usr/bin/env bash
# Progress behind 100 %: merging, counting statistics and the commit have a line each, which
# goes on while the server works and stays when it took its time.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
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
finish
