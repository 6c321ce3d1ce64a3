#!/usr/bin/env bash
# From calls to cases: records as rows to be filled in, and read again.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
seed=tests/samples/csv/seed-grid.tsv

# answers FILE...: cases of the files, and what `check` makes of the same records, in turn.
answers() {
  "$CDRETL" --json rules cases "$@" | jq -c '.cases[]' >"$work/cases"
  "$CDRETL" check --rows ndjson "$@" 2>/dev/null | grep '^{"leg_key"' >"$work/rows"
  paste -d '\n' "$work/cases" "$work/rows" >"$work/answers"
}
# filled JQ: those cases, filled in, as CSV.
filled() {
  head -n 1 mappings/cases/core.csv
  jq -rn '
    [inputs] | [range(0; length; 2) as $i | .[$i] + {
      expected_category: .[$i + 1].category, confidence: .[$i + 1].confidence,
      alternatives: ((.[$i + 1].alternatives // []) | join("|")),
      expected_group: .[$i + 1].outcome_group } | '"${1:-.}"'] | .[] | [.[]] | @csv' "$work/answers"
}

# --- what is written, by hand ---
exits 'one record' 0 rules cases "$seed:6"
equal 'captions' "$(head -n 1 mappings/cases/core.csv)" "$(head -n 1 "$work/out")"
equal 'its evidence' 'USER_BUSY,recv_refuse,486,,vega,,0,6,,,,' \
  "$(sed -n 2p "$work/out" | cut -d , -f 1-12)"
equal 'whom it went over, and what is decided today' \
  ',today REJECTED probable [BUSY] by vega.declined,tests/samples/csv/seed-grid.tsv:6' \
  "$(sed -n 2p "$work/out" | cut -d , -f 12-14)"
check 'the number that tells the trunk' grep -q 'caller=380322327757;' "$work/out"
exits 'a range and a line' 0 rules cases "$seed:2-3" "$seed:6"
equal 'three rows' 3 "$(($(wc -l <"$work/out") - 1))"
exits 'a file' 0 rules cases "$seed"
equal 'five rows' 5 "$(($(wc -l <"$work/out") - 1))"
exits 'as JSON' 0 --json rules cases "$seed:2"
equal 'the same' 'NO_ANSWER send_cancel vega 60 ' \
  "$(jq -r '.cases[0] | [.hangup_cause, .disposition, .provider, .duration, .expected_category] | join(" ")' "$work/out")"
exits 'no record there' 3 rules cases "$seed:1" "$seed:2" "$seed:99"
says 'no record there' 'seed-grid.tsv:1: no record begins there; .*seed-grid.tsv:99: no record'
exits 'no such file' 3 rules cases "$work/none.csv"
exits 'no line' 2 rules cases "$seed:two"
says 'no line' 'FILE:LINE'
exits 'nothing' 2 rules cases
printf 'id,created_at,direction,duration,cause\n11111111-2222-4333-8444-000000000001,soon,outbound,5,USER_BUSY\n' >"$work/bad.csv"
printf '11111111-2222-4333-8444-000000000002,"04/06/2026, 08:43:48",outbound,5,USER_BUSY\n' >>"$work/bad.csv"
exits 'a reject' 3 rules cases "$work/bad.csv:2"
says 'a reject' 'bad.csv:2: the record is rejected, bad_time in created_at'
exits 'beside a record' 0 rules cases "$work/bad.csv"

# --- blank, half filled, filled ---
"$CDRETL" rules cases "$seed:2-6" >"$work/five.csv"
exits 'blank' 4 rules test --cases "$work/five.csv"
says 'blank' '5 cases are still blank'
equal 'each line is named' '2 3 4 5 6' "$(grep -oE 'five.csv:[0-9]+:.*is blank' "$work/out" | grep -oE ':[0-9]+:' | tr -d : | xargs)"
exits 'blank, as JSON' 4 --json rules test --cases "$work/five.csv"
equal 'blank, as JSON' '5 0 0' "$(jq -r '.files[0] | "\(.blank) \(.cases) \(.failed)"' "$work/out")"
sed '2s/60,,,,,/60,,NO_ANSWER,certain,,/; 4s/20,,,,,/20,,REJECTED,,,/' "$work/five.csv" >"$work/half.csv"
exits 'half' 4 rules test --cases "$work/half.csv"
check 'one passes' grep -q 'half.csv: 1 of 2 passed, 3 still blank' "$work/out"
check 'what is missing is named' grep -q 'half.csv:4: .*: confidence: is blank; write certain, probable or ambiguous' "$work/out"
answers "$seed"
filled >"$work/filled.csv"
exits 'filled' 0 rules test --cases "$work/filled.csv"
check 'all pass' grep -q 'filled.csv: 5 of 5 passed$' "$work/out"

# --- nothing of the evidence is lost: cases of every export decide as its records do ---
sed 's/Busy Here/"=1+1;cause=""a;b"""/; s/;Reserve;/;"""x;y=z";/; s/;collection;/;"Q.850;cause=17;text=""""""a;b""""""";/; s/;USER_BUSY;/;=USER+BUSY;/' \
  <(head -n 2 tests/samples/csv/m8-2026-06-all.csv) >"$work/hostile.csv"
readable=("$work/hostile.csv")
while IFS= read -r file; do readable+=("tests/samples/$file"); done < <(jq -r '.files[] |
  select(.verdict == "loads" and .options == [] and .records > 0 and .records < 200 and (.file | test("^(csv|json)/"))).file' tests/samples/expected.json)
check "exports of many kinds: ${#readable[@]}" test "${#readable[@]}" -gt 20
answers "${readable[@]}"
check 'the hostile one among them' jq -es '.[0] | .hangup_cause == "=USER+BUSY" and (.extra | contains("gateway=\"\"\"x;y=z\";"))' "$work/cases"
count=$(wc -l <"$work/rows")
equal 'as many cases as records' "$count" "$(wc -l <"$work/cases")"
filled >"$work/filled.csv"
exits "cases of $count records" 0 rules test --cases "$work/filled.csv"
check 'all pass' grep -qE "filled.csv: $count of $count passed" "$work/out"
# Who the carrier is follows from the evidence too.
filled '.provider = ""' >"$work/filled.csv"
exits 'without their carriers' 0 rules test --cases "$work/filled.csv"
check 'all pass' grep -qE "filled.csv: $count of $count passed" "$work/out"

# --- a file that grows, and none that is somebody else's ---
exits 'a new file' 0 rules cases "$seed:2" --out "$work/more.csv"
exits 'behind it' 0 rules cases "$seed:3" --out "$work/more.csv"
equal 'one line of captions, two rows' 3 "$(wc -l <"$work/more.csv")"
cp "$seed" "$work/theirs.tsv"
exits 'over an export' 2 rules cases "$seed:2" --out "$work/theirs.tsv"
says 'over an export' 'is left alone'
check 'it is left alone' cmp "$seed" "$work/theirs.tsv"

# --- stored legs ---
fresh_db
"$CDRETL" load "$seed" >/dev/null
key=$(sql "select leg_key from cdr.leg where hangup_cause = 'USER_BUSY'")
exits 'a stored leg' 0 rules cases --leg "$key"
equal 'its evidence' "$(sql "select concat_ws(',', hangup_cause, disposition, sip_code, coalesce(q850::text, ''), provider, coalesce(direction, ''), bill_seconds, duration)
  from cdr.leg where leg_key = '$key'")" "$(sed -n 2p "$work/out" | cut -d , -f 1-8)"
equal 'where it is from' "leg $key" "$(sed -n 2p "$work/out" | cut -d , -f 14)"
exits 'both ways at once' 0 rules cases "$seed:2" --leg "$key"
equal 'are two rows' 3 "$(wc -l <"$work/out")"
exits 'a leg that is not there' 3 rules cases --leg 11111111-2222-4333-8444-000000000001
says 'a leg that is not there' 'holds no such leg'
exits 'no key' 2 rules cases --leg 5
finish
