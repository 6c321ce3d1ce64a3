#!/usr/bin/env bash
# Every board and alert rule that is shipped: its JSON is linted, every query is expanded
# as Grafana expands it, its columns are computed by a reader of cdretl_dashboard over the
# demo's two weeks, long past, and it must give rows and what its panel asks for; a member of
# cdretl_loader and the owner may run it too.  No Grafana takes part.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
PGOPTIONS="$PGOPTIONS -c jit=off" # as schema/dashboards/reader.sql sets it
grafana=${BOARDS:-schema/dashboards/grafana} # or boards of your own
samples=tests/samples

fresh_db
exits 'the demo loads' 0 -q --tz Europe/Kyiv load "$samples/demo"
# Something for the panels of data health: rejects, a refusal, captions without rows.
unpack "$samples/hostile.tar.gz"
cdretl -q --tz Europe/Kyiv load "$work"/hostile/{dates,empty,header-only}.csv

reader=board_reader_$$
check 'the reader is made' psql -Xq -v ON_ERROR_STOP=1 -v reader="$reader" -f schema/dashboards/reader.sql
trap 'PGDATABASE=postgres sql "drop role if exists $reader"; rm -rf "$work"' EXIT
as_reader() {
  PGUSER=$reader PGOPTIONS='-c default_transaction_read_only=on -c timezone=UTC -c jit=off' psql -XAtq -v ON_ERROR_STOP=1 "$@"
}

# A month up to now, of data that ended long ago: what the board's panels are moved back by.
# What was just loaded is in it.
from='' to='' vars='{}'
range() { from=$1 to=$2; }

# expanded SQL -> the SQL that Grafana would send
expanded() {
  jq -L tests/dashboards -Rrs --arg from "$from" --arg to "$to" --argjson vars "$vars" 'include "expand"; expanded($vars; $from; $to)' <<<"$1"
}

# The variables of BOARD as they stand when everything is chosen.
choose_vars() {
  local row name type multi query values
  vars='{}'
  while IFS= read -r row; do
    name=$(jq -r .name <<<"$row") type=$(jq -r .type <<<"$row") multi=$(jq -r .multi <<<"$row")
    case $type in
      query)
        query=$(expanded "$(jq -r .query <<<"$row")")
        values=$(as_reader -c "$query" | jq -Rn '[inputs]')
        check "$1: variable $name has values" test "$(jq length <<<"$values")" -gt 0
        [ "$multi" = true ] || values=$(jq '.[0]' <<<"$values")
        ;;
      custom) values=$(jq .current.value <<<"$row") ;;
      textbox) values='"0dc17c14-ad45-4de3-813e-9d1917770e01"' ;;
      *) continue ;;
    esac
    vars=$(jq -c --arg name "$name" --argjson values "$values" '.[$name] = $values' <<<"$vars")
  done < <(jq -c '.templating.list[]' "$2")
}

# gdesc SQL: name|type a column
gdesc() { printf '%s\n\\gdesc\n' "$1" | as_reader -F '|' -f -; }

# moved_back TIME: as the panels of a board with $behind have it
moved_back() { date -u -d "$1 - $(jq -r '.behind // "0h" | rtrimstr("h")' <<<"$vars") hours" +%Y-%m-%dT%H:%M:%SZ; }

# as_others SQL: the loader and the owner may ask the same
# shellcheck disable=SC2317 # called by name
as_others() {
  printf 'set role cdretl_loader;\ncopy (%s) to stdout;\nset role cdretl_owner;\ncopy (%s) to stdout;\n' "$1" "$1" |
    PGOPTIONS='-c default_transaction_read_only=on -c timezone=UTC -c jit=off' psql -XAtq -v ON_ERROR_STOP=1 -f -
}

# queries BOARD: what each query of its panels is to be held against, a record a query, see
# check_query.  One jq a board: starting it costs more than most queries.
queries() {
  jq -L tests/dashboards -j --arg from "$from" --arg to "$to" --argjson vars "$vars" \
    --arg moved_from "$(moved_back "$from")" --arg moved_to "$(moved_back "$to")" '
    include "expand";
    .panels[] | select(.type != "row") | . as $panel | .targets[]
    | (if $panel.timeShift == "$behind" then [$moved_from, $moved_to] else [$from, $to] end) as $range
    | [
        "\($panel.id) \($panel.title) \(.refId)",
        $panel.type,
        (.rawSql | expanded($vars; $range[0]; $range[1])),
        ($panel.options.xField // ""),
        ([$panel.transformations[]?.options | .rowField, .columnField, .valueField] | join("\n")),
        (if $panel.targets | length == 1 then [$panel.fieldConfig.overrides[].matcher.options] | join("\n") else "" end),
        ($panel.transformations[0].options.rowField // ""),
        ($panel.transformations[0].options.columnField // "")
      ] | join("\u001f") + "\u001e"' "$1"
}

# NAME TYPE SQL X FIELDS OVERRIDES ROW COLUMN: of its panel, fields that transformations and
# overrides name, a line each.
check_query() {
  local name=$1 type=$2 sql=$3 x=$4 columns rows numbers place
  # COPY computes every column of every row; one line a row.
  if ! printf '%s\n\\gdesc\n\\o %s\ncopy (%s) to stdout;\n' "$sql" "$work/rows" "$sql" |
    as_reader -f - >"$work/columns" 2>"$work/err"; then
    bad "$name: runs" "$(cat "$work/err")"
    return
  fi
  columns=$(cat "$work/columns")
  rows=$(wc -l <"$work/rows")
  check "$name: gives rows" test "$rows" -gt 0
  check "$name: as loader and owner" as_others "$sql"
  numbers=$(grep -cE '\|(bigint|integer|smallint|numeric(\(.*\))?|double precision)$' <<<"$columns")
  case $type in
    timeseries)
      check "$name: has a time" grep -qx 'time|timestamp with time zone' <<<"$columns"
      place=$(grep -n '^time|' <<<"$columns" | cut -d: -f1)
      equal "$name: times are there and ascend" 0 "$(cut -f "$place" "$work/rows" | awk '$0 == "\\N" || $0 < before { n++ } { before = $0 } END { print n + 0 }')"
      check "$name: has a number" test "$numbers" -gt 0
      ;;
    stat) equal "$name: is one row" 1 "$rows" ;;
    barchart)
      check "$name: has its x" grep -qE "^$x\|" <<<"$columns"
      check "$name: has a number" test "$numbers" -gt 0
      ;;
  esac
  check_fields "$name" "$sql" "$columns" "${@:5}"
}

# Overrides and transformations name columns that are there.
check_fields() { # NAME SQL COLUMNS FIELDS OVERRIDES ROW COLUMN
  local name=$1 sql=$2 columns=$3 fields=$4 overrides=$5 row=$6 column=$7 field value
  if grep -q '^metric|' <<<"$columns"; then overrides=''; fi
  while IFS= read -r field; do
    [ -z "$field" ] || check "$name: column $field" grep -qF "$field|" <<<"$columns"
  done <<<"$fields"$'\n'"$overrides"
  [ -n "$row" ] || return 0
  value=$(as_reader -c "select count(*) from (select 1 from ($sql) q group by \"$row\", \"$column\" having count(*) > 1) d")
  equal "$name: a cell has one value" 0 "$value"
}

# An annotation has a time and a text.
check_annotation() { # NAME ANNOTATION
  local columns
  columns=$(gdesc "$(expanded "$(jq -r .target.rawSql <<<"$2")")" 2>&1)
  check "$1: has a time and a text" test "$(grep -cxE 'time\|timestamp with time zone|text\|text' <<<"$columns")" = 2
  check "$1: runs" as_reader -c "copy ($(expanded "$(jq -r .target.rawSql <<<"$2")")) to stdout"
}

queries=0
for board in "$grafana"/dashboards/*.json; do
  short=$(basename "$board" .json)
  now=$(date -u -d "2 seconds" +%Y-%m-%dT%H:%M:%SZ) # a board takes minutes on a busy machine
  equal "$short: lint" '' "$(jq -r -f tests/dashboards/lint.jq "$board")"
  range "$(date -u -d "$now - 30 days" +%Y-%m-%dT%H:%M:%SZ)" "$now"
  [ "$short" != call ] || range 2026-06-10T11:00:00Z 2026-06-10T12:00:00Z # of the call below
  choose_vars "$short" "$board"
  [ "$short" = call ] || check "$short: a range that ends now ends where calls do" \
    sql "select 1 / (max(hour) + interval '1 hour' - '$(moved_back "$now")' between '0' and '59 minutes 59 seconds')::int from cdr.stat_hour"
  while IFS=$'\x1f' read -r -d $'\x1e' name type sql x fields overrides row column; do
    queries=$((queries + 1))
    check_query "$short $name" "$type" "$sql" "$x" "$fields" "$overrides" "$row" "$column"
  done < <(queries "$board")
  while IFS= read -r annotation; do
    check_annotation "$short: annotation $(jq -r .name <<<"$annotation")" "$annotation"
  done < <(jq -c '.annotations.list[]' "$board")
done
check 'boards were there' test "$queries" -gt 60
check 'every link leads to a board' test -z "$(comm -23 <(grep -ohE '/d/cdretl-[a-z]+' "$grafana"/dashboards/*.json | sed 's#/d/##' | sort -u) \
  <(jq -r .uid "$grafana"/dashboards/*.json | sort -u))"
equal 'uids of boards differ' '' "$(jq -r .uid "$grafana"/dashboards/*.json | sort | uniq -d)"

alerts=$grafana/provisioning/alerting/cdretl.json
equal 'alerts: lint' '' "$(jq -r -f tests/dashboards/lint.jq "$alerts")"
equal 'alerts: the data source is the provisioned one' cdretl \
  "$(sed -n 's/^ *uid: //p' "$grafana/provisioning/datasources/cdretl.yaml")"
while IFS= read -r rule; do
  name="alert $(jq -r .uid <<<"$rule")"
  sql=$(jq -r '.data[0].model.rawSql' <<<"$rule")
  if columns=$(gdesc "$sql" 2>&1); then
    equal "$name: one number a row" 1 "$(grep -cE '\|(bigint|integer|numeric)$' <<<"$columns")"
    check "$name: runs" as_reader -c "$sql"
  else
    bad "$name: runs" "$columns"
  fi
done < <(jq -c '.groups[].rules[]' "$alerts")
finish
