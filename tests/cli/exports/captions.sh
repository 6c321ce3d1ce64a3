#!/usr/bin/env bash
# Captions of a site's own: a file beside the shipped profiles, as README shows it.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
mine=$work/mappings
cp -r mappings "$mine"

cat >"$work/grid.csv" <<'EOF'
№;Початок;Напрямок;Хто;Кому;Чому;Коментар
1;04.11.2020, 08:47:40;Вихідний;1000;0636159079;CALL_REJECTED;передзвонити
EOF

exits 'unknown captions' 3 --tz Europe/Kyiv check "$work/grid.csv"
says 'and what to do about them' 'add its captions to a file in mappings/fields'

# README is the test's text.
page_blocks mappings/README.md "$work/page"
cp "$work/page/fields/our-grid.json" "$mine/fields/our-grid.json"
check 'README has the file' test -s "$mine/fields/our-grid.json"
exits 'with a file of its own' 0 --mappings "$mine" --tz Europe/Kyiv check --rows ndjson "$work/grid.csv"
equal 'the row is understood' \
  '2020-11-04T06:47:40.000Z outbound 1000 0636159079 CALL_REJECTED {"Коментар":"передзвонити"}' \
  "$(jq -r '[.started_at, .direction, .caller, .destination, .hangup_cause, (.extra | tostring)] | join(" ")' "$work/out")"
exits 'the shipped captions too' 0 --mappings "$mine" --tz Europe/Kyiv check tests/samples/csv/seed-grid.csv
for file in mappings/fields/*.json; do
  check "$file is untouched" cmp "$file" "$mine/fields/$(basename "$file")"
done

# A name that stands for something already.
sed -i 's/"Хто"/"Duration"/' "$mine/fields/our-grid.json"
exits 'a caption twice' 4 --mappings "$mine" --tz Europe/Kyiv check "$work/grid.csv"
says 'file and field' 'our-grid\.json:6: fields\.caller: "Duration" is named twice'
finish
