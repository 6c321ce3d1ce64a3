#!/usr/bin/env bash
# run.sh - speed and memory of the release build, beside the libraries and beside \copy.
#
# ROWS=1000000 ROUNDS=3, run by `make bench` under scripts/with-pg.  On request: YEAR=1,
# a year's report and stats of ROWS calls in 12 hours a day; INTO="0 10000000", the same
# calls into a table that holds so many; PEERS=1, the same job as others do it
# (peers/), their statistics held against ours; ONLY=1, what is on request alone.  Exports of ROWS made-up
# calls are generated once (tests/bench/gen.c) and kept in build/bench.  Every round runs
# every case once, in turn, so that a slow minute of the machine hits all alike; what is
# printed are medians.  Databases start empty, with the schema, for every load.
set -euo pipefail
cd "$(dirname "$0")/../.."

ROWS=${ROWS:-1000000} ROUNDS=${ROUNDS:-3}
bin=build/release tools=build/release/tests/bench dir=build/bench
cdretl="$bin/cdretl -q --tz Europe/Kyiv"
grid=$dir/grid-$ROWS.csv overlap=$dir/overlap-$ROWS.csv
history=$dir/history-$ROWS.csv rest=$dir/rest-$ROWS.ndjson pairs=$dir/pairs-$ROWS.csv
times=$(mktemp -d)
trap 'rm -rf "$times"' EXIT
mkdir -p "$dir"

# The shipped rules, but for the one leg in a hundred that ends with 484.
other=$times/mappings
cp -r mappings "$other"
cat >"$other/rules/05-bench.json" <<'END'
{ "about": "What recompute is measured with.",
  "rules": [ { "id": "bench.484", "when": { "sip_code": 484 },
    "then": { "category": "NO_ROUTE", "confidence": "probable", "alternatives": ["INVALID_NUMBER"] },
    "why": "Address incomplete: taken for a prefix that nobody routes" } ] }
END

# All of them by other names: every outcome changes.
all=$times/all
cp -r mappings "$all"
sed -i 's/"id": "/"id": "bench./' "$all"/rules/*.json

sql() { psql -XAtqc "$1"; }

# The history as so many files of its own, in their order.
split_exports() {
  local to=$dir/history-$ROWS-$1 part
  [ -d "$to" ] && return
  mkdir "$to.new"
  tail -n +2 "$history" | split -l $(((ROWS + $1 - 1) / $1)) -d -a 4 - "$to.new/"
  for part in "$to.new"/*; do
    { head -n 1 "$history" && cat "$part"; } >"$part.csv"
    rm "$part"
  done
  mv "$to.new" "$to"
}

make_exports() {
  local name
  for name in history:history:csv grid:grid:csv ndjson:rest:ndjson; do
    local file=${name#*:}
    file=$dir/${file%:*}-$ROWS.${name##*:}
    [ -s "$file" ] || "$tools/gen" "${name%%:*}" "$ROWS" >"$file"
  done
  # Every other leg is a B-leg of the one above it.
  [ -s "$pairs" ] || awk -F';' -v OFS=';' 'NR == 1 { print $0, "parent_id"; next }
    NR % 2 == 0 { id = $1; print $0, ""; next } { print $0, id }' "$history" >"$pairs"
  local files
  for files in 10 100 1000; do split_exports "$files"; done
  # The older half of the calls, and as many others.
  [ -s "$overlap" ] || { "$tools/gen" history $((ROWS / 2)) 43 && tail -n $((ROWS / 2)) "$history"; } >"$overlap"
  head -n 3 "$history" >"$dir/tiny.csv"
  # The same calls in other bytes: the ledger does not know this file.
  cmp -s "$history" <(head -c -1 "$history.again" 2>/dev/null) ||
    { cat "$history" && echo; } >"$history.again"
  [ -s "$history.gz" ] || gzip -kf "$history"
}

new_db() {
  PGDATABASE=postgres psql -Xq -c 'drop database if exists bench' -c "create database bench ${1:-}" 2>/dev/null
  export PGDATABASE=bench
}

# CPU seconds that sessions of the server have taken which are over.
server_cpu() {
  sleep 0.2
  awk -v ticks="$(getconf CLK_TCK)" '{ printf "%.2f", ($16 + $17) / ticks }' "/proc/$postmaster/stat"
}

# timed CASE COMMAND...: wall, CPU and memory of the command and CPU of the server, appended
# for the case.
timed() {
  local name=$1 before
  shift
  before=$(server_cpu)
  "$tools/measure" "$times/measured" "$@" >"$times/out" 2>&1 || {
    echo "bench: $name failed:" >&2
    cat "$times/out" >&2
    exit 1
  }
  echo "$(cat "$times/measured") $(awk -v a="$before" -v b="$(server_cpu)" 'BEGIN { print b - a }')" >>"$times/$name"
  rm "$times/measured"
}

# The final rows as psql takes them, and where they go: what \copy is timed with.
save_rows() {
  psql -Xqc "\\copy (select * from cdr.leg) to '$dir/legs-$ROWS.tsv'"
  period=$(sql "select format('%L, %L', date_trunc('hour', min(started_at)), max(started_at) + interval '1 hour') from cdr.leg")
}

# What \copy needs for the same end: rows, then the statistics of the same hours.
copy_and_count() {
  cat >"$times/copy.sql" <<END
begin;
\\copy cdr.leg from '$dir/legs-$ROWS.tsv'
insert into cdr.stat_hour select * from cdr.hours_between($period);
commit;
END
  timed copy psql -Xq -v ON_ERROR_STOP=1 -f "$times/copy.sql"
  timed copy_rows psql -Xq -v ON_ERROR_STOP=1 -c 'truncate cdr.leg' -c "\\copy cdr.leg from '$dir/legs-$ROWS.tsv'"
}

# Rows that the server has written to the legs: inserted, updated, deleted.
# A session hands its counts in when it ends, so nobody else may be left.
written() {
  until [ "$(sql "select count(*) from pg_stat_activity where datname = current_database()
    and backend_type = 'client backend'")" = 1 ]; do sleep 0.1; done
  sql "select format('%s %s %s', sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del))
    from pg_stat_user_tables where schemaname = 'cdr' and relname like 'leg\_2%'"
}

# Decide all legs again by the other rules, as they were loaded a moment ago.
recompute() {
  local before after
  before=$(written)
  # shellcheck disable=SC2086 # words
  timed recompute $cdretl --json --mappings "$other" recompute --untested-rules --from 2026-05-31 --to 2026-07-02
  changed=$(jq '"\(.changed) of \(.legs)"' -r "$times/out")
  # shellcheck disable=SC2086
  timed recompute_all $cdretl --json --mappings "$all" recompute --untested-rules --from 2026-05-31 --to 2026-07-02
  changed_all=$(jq '"\(.changed) of \(.legs)"' -r "$times/out")
  after=$(written)
  wrote=$(paste -d ' ' <(echo "$before") <(echo "$after") |
    awk '{ printf "%d inserted, %d updated, %d deleted", $4 - $1, $5 - $2, $6 - $3 }')
}

one_round() {
  timed csv_floor "$tools/parse" csv "$history"
  # shellcheck disable=SC2086 # words
  timed csv_check $cdretl check "$history"
  timed grid_floor "$tools/parse" csv "$grid"
  # shellcheck disable=SC2086
  timed grid_check $cdretl check "$grid"
  # shellcheck disable=SC2086
  timed start $cdretl check "$dir/tiny.csv"
  timed json_floor "$tools/parse" json "$rest"
  # shellcheck disable=SC2086
  timed json_check $cdretl check "$rest"
  new_db 'template bench_template'
  # shellcheck disable=SC2086
  timed csv_load $cdretl load "$history"
  # shellcheck disable=SC2086
  timed known $cdretl load "$history"
  # shellcheck disable=SC2086
  timed same_legs $cdretl load "$history.again"
  [ -n "${period:-}" ] || save_rows
  # shellcheck disable=SC2086
  timed overlap $cdretl load "$overlap"
  new_db 'template bench_template'
  # shellcheck disable=SC2086
  $cdretl load "$history" >/dev/null
  recompute
  sql 'truncate cdr.leg, cdr.stat_hour'
  copy_and_count
  new_db 'template bench_template'
  # shellcheck disable=SC2086
  timed gzip_load $cdretl load "$history.gz"
  new_db 'template bench_template'
  # shellcheck disable=SC2086
  timed json_load $cdretl load "$rest"
  # shellcheck disable=SC2086
  timed otherwise $cdretl load "$history"
  new_db 'template bench_template'
  # shellcheck disable=SC2086
  timed pairs_load $cdretl load "$pairs"
  local files
  for files in 10 100 1000; do
    new_db 'template bench_template'
    # shellcheck disable=SC2086
    timed "files_$files" $cdretl load "$dir/history-$ROWS-$files"
  done
  new_db 'template bench_template'
  # shellcheck disable=SC2086
  timed jobs_2 $cdretl load --jobs 2 "$dir/history-$ROWS-10"
}

# A year of ROWS calls: what report and stats of all of it cost.  Times stand three hours
# ahead all year.
a_year() {
  local csv=$dir/year-$ROWS-12.csv whole='--from 2025-07-01 --to 2026-07-01'
  [ -s "$csv" ] || "$tools/gen" history "$ROWS" 42 365 12 >"$csv"
  new_db 'template bench_template'
  "$bin/cdretl" -q --tz Etc/GMT-3 load "$csv" >/dev/null
  sql 'vacuum analyze'
  # shellcheck disable=SC2086
  for round in $(seq "$ROUNDS"); do
    timed year_report $cdretl report $whole --out "$times/year.html"
    timed year_stats $cdretl stats $whole
    timed year_days $cdretl stats --by day $whole
  done
}

# The calls into a table that holds LEGS of the year before their first one.
into() {
  local csv=$dir/before-$1.csv
  if [ "$1" -gt 0 ]; then
    [ -s "$csv" ] || "$tools/gen" history "$1" 44 365 >"$csv"
  fi
  for round in $(seq "$ROUNDS"); do
    new_db 'template bench_template'
    [ "$1" = 0 ] || "$bin/cdretl" -q --tz Etc/GMT-3 load "$csv" >/dev/null
    # shellcheck disable=SC2086
    timed "into_$1" $cdretl load "$history"
  done
}

# All that the statistics say, so that a peer's may be held against it.
counted() { sql "select md5(string_agg(s::text, '|' order by s::text)) from cdr.stat_hour s"; }

# The whole job as others do it: into the same tables, and the same statistics.
peers() {
  local ours name
  new_db 'template bench_template'
  # shellcheck disable=SC2086
  $cdretl load "$history" >/dev/null
  psql -Xq -v ON_ERROR_STOP=1 <<'END'
-- What every leg that is loaded came to, by what its export says: peers look it up; and the
-- hours that they count.
create table public.outcome as
select distinct hangup_cause, sip_code, hangup_by, direction, webitel_result, gateway,
    case when bill_seconds > 0 then 0 else duration end as lasted, provider, release, is_outbound, answered, category, confidence,
    alternatives, outcome_group, ended_by, rule_id, naive_category
from cdr.leg;
create table public.period as
select date_trunc('hour', min(started_at)) as starts_at, max(started_at) + interval '1 hour' as ends_at from cdr.leg;
analyze public.outcome;
END
  ours=$(counted)
  sql 'truncate cdr.leg, cdr.stat_hour, cdr.stat_day, cdr.rolled_day'
  PGDATABASE=postgres psql -Xqc 'create database bench_peers template bench'
  for round in $(seq "$ROUNDS"); do
    new_db 'template bench_template'
    # shellcheck disable=SC2086
    timed ours $cdretl load "$history"
    for name in $(basename -a tests/bench/peers/*.{sh,py}); do
      "tests/bench/peers/$name" --there 2>/dev/null || continue
      new_db 'template bench_peers'
      timed "peer_$name" "tests/bench/peers/$name" "$history"
      [ "$(counted)" = "$ours" ] || { echo "bench: the statistics of $name are not ours" >&2; exit 1; }
    done
  done
  line ours 'cdretl load'
  for name in $(basename -a tests/bench/peers/*.{sh,py}); do
    if [ -s "$times/peer_$name" ]; then
      line "peer_$name" "the same by $name" "over ours: time $(ratio "peer_$name" ours), CPU of both sides $(whole "peer_$name" ours)"
    else
      echo "the same by $name: not installed, skipped"
    fi
  done
}

median() { awk -v column="$2" '{ print $column }' "$times/$1" | sort -n | awk '{ a[NR] = $1 } END { print (a[int((NR + 1) / 2)] + a[int((NR + 2) / 2)]) / 2 }'; }

line() {
  local name=$1 text=$2 wall
  wall=$(median "$name" 1)
  printf '%-44s %8.2f s %10.0f rows/s %8.2f s CPU %7.1f MiB %8.2f s server' "$text" "$wall" \
    "$(awk -v n="$ROWS" -v s="$wall" 'BEGIN { print n / s }')" "$(median "$name" 2)" "$(median "$name" 3)" \
    "$(median "$name" 4)"
  printf '%s\n' "${3:+   $3}"
}

# ratio A B [COLUMN]: the median of A over B inside a round; column 2 is its CPU, 4 the server's.
ratio() {
  paste "$times/$1" "$times/$2" | awk -v c="${3:-1}" '{ print $c / $(c + 4) }' | sort -n |
    awk '{ a[NR] = $1 } END { printf "%.2f", (a[int((NR + 1) / 2)] + a[int((NR + 2) / 2)]) / 2 }'
}

# whole A B: CPU of client and server together.
whole() {
  paste "$times/$1" "$times/$2" | awk '{ print ($2 + $4) / ($6 + $8) }' | sort -n |
    awk '{ a[NR] = $1 } END { printf "%.2f", (a[int((NR + 1) / 2)] + a[int((NR + 2) / 2)]) / 2 }'
}

report() {
  echo "$ROWS calls, $ROUNDS rounds, medians; $(sql 'show server_version') on $(nproc) cores, gcc $(gcc -dumpversion)"
  echo
  line csv_floor 'libcsv alone, counting (history CSV)'
  line csv_check 'cdretl check, CSV' "rows/s over libcsv: $(ratio csv_floor csv_check), CPU $(ratio csv_floor csv_check 2)"
  line grid_floor 'libcsv alone, counting (grid of 2020)'
  line grid_check 'cdretl check, grid without ids' "rows/s over libcsv: $(ratio grid_floor grid_check), CPU $(ratio grid_floor grid_check 2)"
  line start 'cdretl check of two calls: the start'
  line json_floor 'YAJL alone, counting (REST, NDJSON)'
  line json_check 'cdretl check, JSON' "rows/s over YAJL: $(ratio json_floor json_check), CPU $(ratio json_floor json_check 2)"
  line copy_rows 'psql \copy of the final rows'
  line copy 'psql \copy and the statistics'
  line csv_load 'cdretl load, CSV' "over \\copy of the rows: time $(ratio csv_load copy_rows), server $(ratio csv_load copy_rows 4); and statistics: $(ratio csv_load copy)"
  line pairs_load 'cdretl load, calls of two legs' "time over calls of one leg: $(ratio pairs_load csv_load)"
  local files
  for files in 10 100 1000; do
    line "files_$files" "the same calls in $files files" "server over one file: $(ratio "files_$files" csv_load 4)"
  done
  line jobs_2 'ten files with --jobs 2' "time over one after the other: $(ratio jobs_2 files_10), server $(ratio jobs_2 files_10 4)"
  line json_load 'cdretl load, JSON' "time over CSV load: $(ratio json_load csv_load)"
  line gzip_load 'cdretl load, CSV in gzip' "time over CSV load: $(ratio gzip_load csv_load)"
  line known 'the same file again (ledger)'
  line same_legs 'the same calls in another file' "time over first load: $(ratio same_legs csv_load)"
  line overlap 'a file of which half is there' "server over first load: $(ratio overlap csv_load 4)"
  line otherwise 'a file that has every leg otherwise' "server over first load: $(ratio otherwise csv_load 4)"
  line recompute 'recompute, 1 % change ÷ load' "time over load: $(ratio recompute csv_load), server $(ratio recompute csv_load 4); $changed legs changed"
  line recompute_all 'recompute, all change ÷ load' "time over load: $(ratio recompute_all csv_load), server $(ratio recompute_all csv_load 4); $changed_all legs changed; rows of legs written by both: $wrote"
}

postmaster=$(head -n 1 "$(PGDATABASE=postgres sql 'show data_directory')/postmaster.pid")
make_exports
PGDATABASE=postgres psql -Xqc 'create database bench_template'
PGDATABASE=bench_template "$bin/cdretl" -q init >/dev/null
if [ -z "${ONLY:-}" ]; then
  for round in $(seq "$ROUNDS"); do
    echo "round $round of $ROUNDS" >&2
    one_round
  done
  report
fi
[ -z "${PEERS:-}" ] || peers
if [ -n "${YEAR:-}" ]; then
  a_year
  line year_report "report of a year of $ROWS calls"
  line year_stats 'stats of a year'
  line year_days 'stats --by day of a year'
fi
for legs in ${INTO:-}; do
  into "$legs"
  line "into_$legs" "load into $legs legs" "server over none: $(ratio "into_$legs" csv_load 4)"
done
