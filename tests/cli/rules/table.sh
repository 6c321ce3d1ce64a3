#!/usr/bin/env bash
# A table goes out to a spreadsheet and comes back as the same rules.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
mine=$work/mappings
cp -r mappings "$mine"
vega=65-provider-vega.json

same() { # NAME TABLE JSON
  equal "$1" "$(jq -S 'del(.rules[] | select(.when == {}).when)' "mappings/rules/$2")" "$(jq -S . "$3")"
}
csv() { python3 -c "
import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline='')))
$2
csv.writer(open(sys.argv[3], 'w', newline='', encoding=sys.argv[5]), delimiter=sys.argv[4], lineterminator=sys.argv[6].encode().decode('unicode_escape')).writerows(rows)" \
  "$1" "$2" "$3" "${4:-,}" "${5:-utf-8}" "${6:-\\r\\n}"; }

# --- out and back, every shipped table ---
for table in mappings/rules/*.json; do
  table=${table##*/}
  "$CDRETL" rules table "$table" >"$work/sheet.csv" && "$CDRETL" rules table "$table" --read "$work/sheet.csv" >"$work/back.json"
  same "$table" "$table" "$work/back.json"
done

# --- what stands in the cells ---
exits 'a carrier' 0 rules table vega --out "$work/vega.csv"
equal 'captions' 'id,release,hangup_cause,disposition,sip_code,q850_any,category,confidence,alternatives,why,valid_from,valid_to' \
  "$(head -n 1 "$work/vega.csv")"
check 'a rule' grep -q '^vega.declined,remote_refusal,,,486,absent | 16 | 17 | 127,REJECTED,probable,BUSY,"Vega signals the reject key' "$work/vega.csv"
cat >"$mine/rules/66-odd.json" <<'END'
{ "about": "odd: =1+1", "provider": "vega", "rules": [
  { "id": "odd.1", "when": { "release": "remote_refusal", "sip_code": { "min": 430, "max": 432 }, "duration": { "min": 30 },
      "queue": { "not": ["a|b", "=SUM(A1)", "absent", "not so", { "glob": "*\"x*" }] }, "answered": false,
      "destination": { "prefix": "+38063" }, "caller": "+380322327757", "pdd_seconds": { "max": 5 }, "domain": { "present": true },
      "schema": { "present": false }, "user": { "not": null }, "local_hour": [22, 23], "gateway": ["vega", null] },
    "then": { "category": "BUSY", "confidence": "certain" }, "why": "=cmd|' /C calc'!A0\nand more",
    "valid": { "from": "2026-06-01", "to": "2026-07-01T10:00:00Z" } } ] }
END
export CDRETL_MAPPINGS=$mine
exits 'odd conditions' 0 rules table 66-odd.json --out "$work/odd.csv"
csv "$work/odd.csv" "r = dict(zip(rows[0], rows[1])); print('\n'.join(f'{k}: {r[k]}' for k in ['sip_code', 'duration', 'pdd_seconds', 'destination', 'domain', 'user', 'local_hour', 'answered', 'caller']))" "$work/x" >"$work/cells"
equal 'as people read them' "sip_code: 430..432
duration: 30..
pdd_seconds: ..5
destination: begins +38063
domain: present
user: not absent
local_hour: 22 | 23
answered: false
caller: '+380322327757" "$(cat "$work/cells")"
equal 'no cell is a formula' 0 "$(python3 -c "
import csv, sys
print(sum(c[:1] in ('=', '+', '@') for row in csv.reader(open(sys.argv[1], newline='')) for c in row))" "$work/odd.csv")"
exits 'and back' 0 rules table 66-odd.json --read "$work/odd.csv" --out "$work/back.json"
equal 'the same' "$(jq -S . "$mine/rules/66-odd.json")" "$(jq -S . "$work/back.json")"
check 'as a file is laid out' grep -qx '    { "id": "odd.1",' "$work/back.json"

# --- as spreadsheets save it: semicolons, a mark in front, TRUE and FALSE, local days ---
csv "$work/odd.csv" "rows = [[{'false': 'FALSE', '2026-06-01': '01.06.2026'}.get(c, c) for c in row] for row in rows]" "$work/excel.csv" ';' utf-8-sig
exits 'a spreadsheet of another country' 0 rules table 66-odd.json --read "$work/excel.csv" --out "$work/back.json"
equal 'the same' "$(jq -S . "$mine/rules/66-odd.json")" "$(jq -S . "$work/back.json")"
csv "$work/odd.csv" "rows += [[''] * len(rows[0])]" "$work/tail.csv" $'\t' utf-8 '\n'
exits 'tabs, and an empty row' 0 rules table 66-odd.json --read "$work/tail.csv" --out "$work/back.json"
equal 'the same' "$(jq -S . "$mine/rules/66-odd.json")" "$(jq -S . "$work/back.json")"
exits 'several tables' 2 rules table vega
says 'several tables' 'vega has several tables; name one: rules/65-provider-vega.json, rules/66-odd.json'
rm "$mine/rules/66-odd.json"

# --- a change comes back, and nothing else with it ---
csv "$work/vega.csv" "[r for r in rows if r[0] == 'vega.declined'][0][8] = 'BUSY | BLOCKED'" "$work/changed.csv"
exits 'a change' 0 rules table vega --read "$work/changed.csv" --out "$mine/rules/$vega"
CDRETL_MAPPINGS='' exits 'is the one difference' 0 rules diff "$mine"
check 'is the one difference' grep -q '^1 rule differs' "$work/out"
exits 'lint' 0 rules lint
"$CDRETL" rules table vega --read "$work/vega.csv" --out "$mine/rules/$vega" 2>/dev/null
CDRETL_MAPPINGS='' exits 'back again, over legs' 0 --tz Europe/Kyiv rules diff "$mine" tests/samples/csv/m8-2026-06-all.csv
check 'decides the same' grep -q '^0 of [0-9]* legs would be decided otherwise' "$work/out"

# --- broken sheets: line, column, remedy; all at once ---
csv "$work/vega.csv" "
rows[1][1] = 'remote_refuse'; rows[2][4] = '48x'; rows[3][6] = 'BUSSY'; rows[4][7] = 'sure'; rows[5][0] = rows[3][0]" "$work/broken.csv"
exits 'broken' 4 rules table vega --read "$work/broken.csv"
says 'broken' 'broken.csv: [0-9]+ faults'
for line in '2:.*when.release: unknown value "remote_refuse"; did you mean "remote_refusal"' \
  '3: sip_code: "48x": a whole number, a range such as 400..499, or absent is due' \
  '4:.*then.category: category "BUSSY" is not declared in categories.json; did you mean "BUSY"' \
  '5:.*then.confidence: unknown value "sure"; it is certain, probable or ambiguous'; do
  check "told: $line" grep -qE "broken.csv:$line" "$work/out"
done
csv "$work/vega.csv" "rows[5][0] = rows[3][0]; rows.append(rows[3][:]); rows[-1][0] = 'vega.again'" "$work/twice.csv"
exits 'an id twice, a rule that is hidden' 4 rules table vega --read "$work/twice.csv"
check 'an id twice' grep -qE 'twice.csv:6: vega.declined: is the id of line 4 too; give it another one' "$work/out"
check 'a rule that is hidden' grep -qE 'twice.csv:[0-9]+: vega.again: is never reached: vega.declined on line 4' "$work/out"
sed '1s/sip_code/sip_cod/' "$work/vega.csv" >"$work/caption.csv"
exits 'a caption' 4 rules table vega --read "$work/caption.csv"
check 'a caption' grep -q 'caption.csv:1: sip_cod: unknown column; did you mean "sip_code"' "$work/out"
sed '1s/,category/,duration/' "$work/vega.csv" >"$work/missing.csv"
exits 'a column is missing' 4 rules table vega --read "$work/missing.csv"
check 'a column is missing' grep -q 'missing.csv:1: category: the column is missing' "$work/out"
sed 's/BUSY,"Vega signals/"BUSY, BLOCKED","Vega signals/' "$work/vega.csv" >"$work/comma.csv"
exits 'a comma' 4 rules table vega --read "$work/comma.csv"
check 'a comma' grep -q 'comma.csv:4: alternatives: categories have a | between them' "$work/out"
sed '3s/"//' "$work/vega.csv" >"$work/quote.csv"
exits 'a quote that is open' 4 rules table vega --read "$work/quote.csv"
iconv -t UTF-16 "$work/vega.csv" >"$work/wide.csv"
exits 'UTF-16' 4 rules table vega --read "$work/wide.csv"
says 'UTF-16' 'wide.csv:1: is UTF-16; save it as UTF-8'
printf 'id,category,confidence,why\nvega.x,BUSY,certain,\xc2\xe5\xe3\xe0\n' >"$work/1251.csv"
exits 'windows-1251' 4 rules table vega --read "$work/1251.csv"
says 'windows-1251' '1251.csv:2: is no UTF-8; save it as UTF-8'
exits 'no such file' 4 rules table vega --read "$work/none.csv"
exits 'no such carrier' 2 rules table vegaa
says 'no such carrier' 'did you mean "vega"'
exits 'no table' 2 rules table
exits 'JSON' 2 --json rules table vega
finish
