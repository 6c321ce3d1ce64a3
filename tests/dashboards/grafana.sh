#!/usr/bin/env bash
# Boards against what Grafana publishes: its types (fields, options, overrides), and, for every
# tile on the demo, the colour that its display processor gives.  Needs node, npm and their
# registry; says so where they are missing.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
boards=schema/dashboards/grafana/dashboards
here=tests/dashboards/grafana

# Grafana's own types and display processor, and what these need.
if ! npm_packages @grafana/{data,schema}@12.4.6 react{,-dom}@18.3.1 typescript@5.9.3; then
  echo 'grafana: skipped, npm cannot install Grafana'\''s packages'
  finish
fi
types=$npm/node_modules/@grafana/schema/dist/types
cp -r "$types/raw" "$work/raw"
ln -s "$PWD/$npm/node_modules" "$work/node_modules"

# The shipped boards, and what is wrong with one, a mistake a line: all looked at in one go.
node $here/types.mjs $boards/*.json >"$work/boards.ts"
wrong=()
while IFS='|' read -r name change; do
  wrong+=("$name")
  jq "$change" $boards/overview.json >"$work/wrong.json"
  node $here/types.mjs "$work/wrong.json" >"$work/wrong${#wrong[@]}.ts"
done <<'END'
a key of the board|.fiscalYear = 1
a key of a panel|.panels[0].grid = 1
a field default|.panels[0].fieldConfig.defaults.decimal = 1
a mode of thresholds|.panels[0].fieldConfig.defaults.thresholds.mode = "relative"
a mode of colour|.panels[0].fieldConfig.defaults.color.mode = "fix"
an option of a tile|.panels[0].options.graphMod = "none"
the value of an option|.panels[0].options.colorMode = "valeu"
a series' own field|(.panels[] | select(.type == "timeseries")).fieldConfig.defaults.custom.lineWith = 2
an override's id|(.panels[] | select(.title == "Day by day")).fieldConfig.overrides[0].properties[0].id = "units"
an override's value|(.panels[] | select(.title == "Day by day")).fieldConfig.overrides[0].properties[0].value = 5
a target|.panels[0].targets[0].rawSQL = ""
an annotation|.annotations.list[0].iconColour = "red"
END
(cd "$work" && node_modules/.bin/tsc --noEmit --strict --target es2022 --module esnext --moduleResolution bundler \
  --skipLibCheck ./*.ts >tsc)
equal 'every part of every board has its published type' '' "$(grep "^boards" "$work/tsc" | cut -c1-300 | head -n 20)"
for i in "${!wrong[@]}"; do
  check "a mistake is found: ${wrong[i]}" grep -q "^wrong$((i + 1))\\.ts.*error" "$work/tsc"
done

# Every tile on the demo: its figures as its query gives them, and their colours.
fresh_db
exits 'the demo loads' 0 -q --tz Europe/Kyiv load tests/samples/demo
from=2026-05-31T21:00:00Z to=2026-06-15T21:00:00Z
everything() { sql "select jsonb_object_agg(name, value) from (select '$1' as name, (select jsonb_agg(distinct coalesce($1, '(none)')) from cdr.measure_hour) as value) v"; }
vars=$(for name in carrier gateway direction queue domain; do everything $name; done | jq -cs 'add + {unit: "attempt", behind: "0h"}')
expanded() { jq -L tests/dashboards -Rrs --arg from "$from" --arg to "$to" --argjson vars "$vars" 'include "expand"; expanded($vars; $from; $to)' <<<"$1"; }
tiles=0
for board in "$boards"/*.json; do
  : >"$work/values"
  while IFS= read -r panel; do
    sql "select to_jsonb(q) from ($(expanded "$(jq -r '.targets[0].rawSql' <<<"$panel")")) q" |
      jq -c --argjson id "$(jq .id <<<"$panel")" 'to_entries[] | {panel: $id, column: .key, value: .value}' >>"$work/values"
  done < <(jq -c '.panels[] | select(.type == "stat")' "$board")
  NODE_PATH=$npm/node_modules node $here/colours.cjs "$board" <"$work/values" >"$work/colours" 2>"$work/err" ||
    bad "$board: colours" "$(cat "$work/err")"
  while IFS=$'\t' read -r id column text colour; do
    tiles=$((tiles + 1))
    panel=$(jq -c --argjson id "$id" '.panels[] | select(.id == $id)' "$board")
    # What is fixed is that colour; a threshold's is the last step at or below the value.
    value=$(jq --argjson id "$id" --arg column "$column" 'select(.panel == $id and .column == $column) | .value' "$work/values")
    wanted=$(jq -r --arg column "$column" --argjson value "$value" '.fieldConfig as $f
      | ([$f.overrides[] | select(.matcher.options == $column) | .properties[] | select(.id == "color") | .value] | first) // $f.defaults.color
      | if .mode == "fixed" then .fixedColor
        else [$f.defaults.thresholds.steps[] | select(.value == null or ($value | type) == "number" and .value <= $value)] | last | .color end' <<<"$panel")
    equal "$(basename "$board" .json) $(jq -r .title <<<"$panel"), $column ($text)" "${wanted,,}" "${colour,,}"
    case $colour in
      '#F2495C' | '#808080' | '#73BF69') bad "a colour of Grafana's default: $board $id $column" "$colour" ;;
    esac
  done <"$work/colours"
done
check 'tiles were there' test "$tiles" -gt 25
# Grafana's default of before: what the first tile would be without colours of its own.
jq '.panels[0].fieldConfig.defaults = {thresholds: {mode: "absolute", steps: [{color: "green", value: null}, {color: "red", value: 80}]}, color: {mode: "thresholds"}}' \
  $boards/overview.json >"$work/default.json"
equal 'with the default 5,441 attempts are red' '#F2495C' \
  "$(echo '{"panel":1,"column":"in all","value":5441}' | NODE_PATH=$npm/node_modules node $here/colours.cjs "$work/default.json" 2>/dev/null | cut -f4)"
finish
