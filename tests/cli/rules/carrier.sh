#!/usr/bin/env bash
# Five test calls of a carrier that nobody described become its pack, and nothing is typed
# that the calls say.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
mine=$work/mine pack=$work/mine/carriers/kolo
day=tests/samples/demo/history-2026-06-01.csv.gz
zcat "$day" >"$work/day.csv"

# raw JQ-LIKE CONDITION: rows of the export for which the Python expression on `r` holds.
raw() {
  python3 -c "
import csv, sys
rows = csv.DictReader(open('$work/day.csv', encoding='utf-8-sig', newline=''), delimiter=';')
print(sum(bool($1) for r in rows))"
}
# fill FILE KEY=ID COLUMN=VALUE...: the row of FILE whose first or last cell is ID.
fill() {
  python3 - "$@" <<'END'
import csv, sys
path, id, *values = sys.argv[1:]
rows = list(csv.reader(open(path, newline='')))
head = rows[0]
(row,) = [r for r in rows[1:] if r[head.index('id')] == id]
for value in values:
    column, text = value.split('=', 1)
    row[head.index(column)] = text
csv.writer(open(path, 'w', newline='')).writerows(rows)
END
}

# --- five calls ---
{
  head -n 1 "$work/day.csv"
  for cause in ';480;NO_USER_RESPONSE;' ';486;USER_BUSY;' ';603;CALL_REJECTED;' ';410;NUMBER_CHANGED;'; do
    grep ';Reserve;' "$work/day.csv" | grep -m 1 -F "$cause"
  done
  grep ';Reserve;' "$work/day.csv" | grep -F ';480;NO_USER_RESPONSE;' | sed -n 2p
} >"$work/five.csv"
equal 'five calls' 6 "$(wc -l <"$work/five.csv")"
exits 'a folder' 0 rules new "$mine"
export CDRETL_MAPPINGS=$mine
before=$("$CDRETL" --json rules lint | jq -r .ruleset_id)
exits 'which trunk?' 3 rules new carrier kolo --from "$work/five.csv"
says 'which trunk?' 'no leg goes over a trunk that is called kolo; say which are its own with --gateway: Reserve \(5\)'
check 'nothing was made' test ! -e "$pack"
exits 'its pack' 0 rules new carrier Kolo --from "$work/five.csv" --gateway Reserve
equal 'its files' '65-kolo.table.csv kolo.csv provider.json' "$(cd "$pack" && echo *)"
equal 'who it is' '{"providers":[{"id":"kolo","name":"Kolo","gateway":["Reserve"]}]}' "$(jq -c . "$pack/provider.json")"
equal 'a case a call' 5 "$(($(wc -l <"$pack/kolo.csv") - 1))"
equal 'combinations, most frequent first' 'kolo.480 2
kolo.603 1
kolo.410 1
kolo.486 1' "$(python3 -c "
import csv
print('\n'.join(r['id'] + ' ' + r['legs'] for r in csv.DictReader(open('$pack/65-kolo.table.csv'))))")"

# --- what is to be filled in; until then nothing is decided otherwise and loads go on ---
exits 'lint' 4 rules lint
equal 'five cases, four combinations, and what to do then' 10 "$(($(wc -l <"$work/out") - 1))"
check 'a case' grep -qE 'kolo.csv:2: kolo-1: expected_category: is blank' "$work/out"
check 'a combination' grep -qE '65-kolo.table.csv:2: kolo.480: is blank; 2 legs, today UNDETERMINED' "$work/out"
check 'what then' grep -qE "65-kolo.table.csv: is a sheet, .*rules table kolo --read $pack/65-kolo.table.csv --out $pack/65-kolo.json" "$work/out"
exits 'a check goes on' 0 check "$work/five.csv"
check 'and warns' grep -q '5 cases say not what is expected yet' "$work/err"
exits 'over what stands' 2 rules new carrier Kolo --from "$work/five.csv" --gateway Reserve
says 'over what stands' 'provider.json is there already'

# --- the owner fills in the cases alone; the sheet takes it from them ---
fill "$pack/kolo.csv" kolo-1 expected_category=NO_ANSWER confidence=probable alternatives=UNREACHABLE 'rationale=test call: nobody picked up'
fill "$pack/kolo.csv" kolo-2 expected_category=REJECTED confidence=certain 'rationale=test call: the reject key'
fill "$pack/kolo.csv" kolo-3 expected_category=BUSY confidence=certain 'rationale=test call: talking to somebody else'
exits 'half of it' 0 rules table kolo --read "$pack/65-kolo.table.csv" --out "$work/half.json"
check 'says what is left' grep -qE 'left to general rules: line 4' "$work/err"
equal 'three rules' 3 "$(jq '.rules | length' "$work/half.json")"
fill "$pack/kolo.csv" kolo-4 expected_category=INVALID_NUMBER confidence=certain 'rationale=test call: no such number'
fill "$pack/kolo.csv" kolo-5 expected_category=INVALID_NUMBER confidence=probable alternatives=NO_ANSWER 'rationale=test call: a number out of use'
exits 'all of it' 0 rules table kolo --read "$pack/65-kolo.table.csv" --out "$pack/65-kolo.json"
equal 'a call that was the only one of its kind' \
  '{"when":{"release":"remote_refusal","hangup_cause":"USER_BUSY","sip_code":486,"q850_any":null},"then":{"category":"REJECTED","confidence":"certain"},"why":"test call: the reject key; 1 case: kolo-2"}' \
  "$(jq -c '.rules[] | select(.id == "kolo.486") | {when, "then": .["then"], why}' "$pack/65-kolo.json")"
equal 'two calls that look alike leave it open' \
  '{"category":"UNDETERMINED","confidence":"ambiguous","alternatives":["NO_ANSWER","UNREACHABLE","INVALID_NUMBER"]}' \
  "$(jq -c '.rules[] | select(.id == "kolo.480") | .["then"]' "$pack/65-kolo.json")"
exits 'so their cases fail' 4 rules test
equal 'and no other' 'kolo-1 kolo-5' "$(grep -oE 'kolo.csv:[0-9]+: kolo-[0-9]: expected' "$work/out" | grep -oE 'kolo-[0-9]' | xargs)"
for id in kolo-1 kolo-5; do
  fill "$pack/kolo.csv" $id expected_category=UNDETERMINED confidence=ambiguous 'alternatives=NO_ANSWER|UNREACHABLE|INVALID_NUMBER'
done
rm "$pack/65-kolo.table.csv"
exits 'the pack is whole' 0 rules lint
exits 'and its cases pass' 0 rules test
check 'all five' grep -q 'carriers/kolo/kolo.csv: 5 of 5 passed$' "$work/out"
check 'it is another rule set' test "$("$CDRETL" --json rules lint | jq -r .ruleset_id)" != "$before"
exits 'the day' 0 check --rows csv "$day"
equal 'is decided as the owner said' "$(raw "r['gateway'] == 'Reserve' and r['cause'] == 'USER_BUSY' and r['sip_code'] == '486'")" \
  "$(grep -c ',kolo.486,' "$work/out")"

# --- all calls of a day: every combination, counted ---
rm -r "$pack"
exits 'a day' 0 rules new carrier Kolo --from "$day" --gateway Reserve
equal 'the legs' "$(raw "r['gateway'] == 'Reserve'")" "$(grep -oE '[0-9]+ legs over Reserve' "$work/out" | cut -d ' ' -f 1)"
count() { python3 -c "
import csv
print(sum(int(r['legs']) for r in csv.DictReader(open('$pack/65-kolo.table.csv')) if r['hangup_cause'] == '$1' and r['sip_code'] == '$2'))"; }
for pair in 'USER_BUSY 486' 'NO_USER_RESPONSE 480' 'CALL_REJECTED 603' 'INVALID_NUMBER_FORMAT 484'; do
  read -r cause code <<<"$pair"
  equal "of $pair" "$(raw "r['gateway'] == 'Reserve' and r['cause'] == '$cause' and r['sip_code'] == '$code'")" "$(count "$cause" "$code")"
done
equal 'none that earlier rules decide' 0 "$(grep -c ',ORIGINATOR_CANCEL,\|,bye,' "$pack/65-kolo.table.csv")"
check 'five cases of a combination at most' test "$(grep -c '^USER_BUSY' "$pack/kolo.csv")" = 5
exits 'lint' 4 rules lint
check 'no file is read by nobody' bash -c "! grep -q 'read by nobody' '$work/out'"
# A sheet that is filled in by itself.
python3 - "$pack/65-kolo.table.csv" <<'END'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='')))
for row in rows:
    row['category'], row['confidence'], row['why'] = 'BUSY', 'certain', 'so it is'
with open(sys.argv[1], 'w', newline='') as file:
    out = csv.DictWriter(file, rows[0].keys(), delimiter=';')
    out.writeheader()
    out.writerows(rows)
END
exits 'filled in' 0 rules table kolo --read "$pack/65-kolo.table.csv" --out "$pack/65-kolo.json"
rm "$pack/65-kolo.table.csv" "$pack/kolo.csv"
exits 'is a table without fault' 0 rules lint

# --- whose it cannot be ---
exits 'a trunk of another carrier' 2 rules new carrier other --from "$day" --gateway Reserve
says 'a trunk of another carrier' "is kolo's already"
exits 'no trunk of that name' 3 rules new carrier other --from "$day" --gateway Resreve
says 'no trunk of that name' 'say which are its own with --gateway: Dnipro-SIP'
exits 'a name without Latin letters' 2 rules new carrier 'Київ' --from "$day"
says 'a name without Latin letters' 'small Latin letters'
CDRETL_MAPPINGS='' exits 'into the shipped folder' 2 rules new carrier other --from "$day"
says 'into the shipped folder' 'rules new DIR'
exits 'no calls' 2 rules new carrier other
exits 'a folder takes no trunk' 2 rules new "$work/x" --gateway y

# --- out of the database ---
fresh_db
CDRETL_MAPPINGS='' "$CDRETL" load "$day" >/dev/null
rm -r "$pack"
exits 'stored calls' 0 rules new carrier Kolo --from 2026-05-31 --to 2026-06-03 --gateway Reserve
equal 'as many' "$(sql "select count(*) from cdr.leg where gateway = 'Reserve'")" "$(grep -oE '[0-9]+ legs over Reserve' "$work/out" | cut -d ' ' -f 1)"
equal 'of a combination' "$(sql "select count(*) from cdr.leg where gateway = 'Reserve' and hangup_cause = 'USER_BUSY' and sip_code = 486")" "$(count USER_BUSY 486)"
finish
