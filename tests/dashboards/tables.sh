#!/usr/bin/env bash
# Every figure of the report and of the terminal against SQL of the test's own (tables.sql), over
# calls whose truth is known: days with the repeated hour in them, and that day by the hour; and
# what the page shows, cell by cell, against the same tables.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
PGOPTIONS="$PGOPTIONS -c jit=off"
here=tests/dashboards

fresh_db
for data in figures_data panels_data; do
  check "$data.sql runs" psql -Xq -v ON_ERROR_STOP=1 -f $here/$data.sql
done

# table NAME STATEMENT KEY UNIT SLOT BUCKET ROWS: a line of $work/tables; ROWS are arrays of texts.
table() {
  jq -c --arg name "$1" --arg statement "$2" --arg by "$3" --arg unit "$4" --arg slot "$5" --arg bucket "$6" \
    '{name: $name, statement: $statement, by: $by, unit: $unit, slot: $slot, bucket: $bucket, rows: .}' "$7" >>"$work/tables"
}
choose() { jq -nc --arg from "$1" --arg to "$2" '{choose: "select pg_temp.choose(\u0027\($from)\u0027, \u0027\($to)\u0027);"}' >>"$work/tables"; }

report() { # FROM TO BUCKET SLOT
  local file rows=$work/rows
  exits "a report of $1" 0 report --from "$1" --to "$2" --out "$work/$1.html" --csv "$work/csv-$1"
  for file in "$work/csv-$1"/*.csv; do
    case ${file##*/} in definitions.csv | look.csv) continue ;; esac # words; signals (kpi.sql, panels.sql)
    python3 -c 'import csv, json, sys; print(json.dumps(list(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))[1:]))' "$file" >"$rows"
    table "report of $1, $(basename "$file" .csv)" "report $(basename "$file" .csv)" '' attempt "$4" "$3" "$rows"
  done
  python3 $here/cells.py "$work/$1.html" "$work/csv-$1" >"$work/cells"
  equal "cells of $1" '' "$(sed '$d' "$work/cells")"
  check "there are cells" test "$(tail -n 1 "$work/cells")" -gt 100
}
stats() { # STATEMENT KEY UNIT: the columns for the eye are not in JSON
  exits "stats by $2" 0 --json stats --from 2025-10-25 --to 2025-10-28 --by "$2" --unit "$3"
  jq -c '[.[][] | [.[] | if . == null then "" else tostring end]]' "$work/out" >"$work/rows"
  table "stats by $2, ${3}s" "stats $1" "$2" "$3" '' day "$work/rows"
}

choose 2025-10-24T21:00:00Z 2025-10-27T22:00:00Z
report 2025-10-25 2025-10-28 day YYYY-MM-DD
for unit in attempt call; do
  for by in carrier gateway direction domain day hour; do stats kpi $by $unit; done
  for by in category confidence cause sip; do stats share $by $unit; done
  stats change change $unit
done
stats kpi queue attempt
for by in queue inbound; do stats inbound $by call; done
for by in agent missed caller contact trunk before; do stats $by $by call; done
for by in operator country prefix; do stats destination $by attempt; done
choose 2025-10-25T21:00:00Z 2025-10-26T22:00:00Z
report 2025-10-26 2025-10-27 hour 'YYYY-MM-DD HH24:MI'

jq -Rs '[("\n" + . | split("\n-- name: "))[1:][] | split("\n") | {key: .[0], value: (.[1:] | map(select(startswith("--") | not)) | join("\n"))}] | from_entries' \
  $here/tables.sql >"$work/own"
{
  printf '\\i %s\n' $here/panels_facts.sql
  # shellcheck disable=SC2016 # $ of jq
  jq -r --slurpfile own "$work/own" 'def quoted: "\u0027" + gsub("\u0027"; "\u0027\u0027") + "\u0027";
    .choose // (. as $t | ($own[0][.statement] // error("no statement: " + $t.statement))
      | gsub("[$](?<k>by|unit|slot|bucket)"; $t[.k])
      | "select * from pg_temp.compare_table(\($t.name | quoted), \($t.rows[0] | length), \($t.rows | tojson | quoted), $own$\(.)$own$);")' "$work/tables"
} >"$work/script"
psql -XAtq -v ON_ERROR_STOP=1 -f "$work/script" >"$work/out" 2>"$work/err" || bad 'all tables are compared' "$(cat "$work/err")"
compared=0
while IFS='|' read -r name differing rows example; do
  [ -n "$name" ] || continue
  compared=$((compared + 1))
  if [ "$differing" = 0 ]; then good; else bad "$name" "$differing of $rows rows: $example"; fi
done <"$work/out"
equal 'every table was compared' "$(grep -c '"name"' "$work/tables")" "$compared"
equal 'every statement was used' '' "$(jq -r --slurpfile tables "$work/tables" 'keys - ($tables | map(.statement)) | .[]' "$work/own")"
finish
