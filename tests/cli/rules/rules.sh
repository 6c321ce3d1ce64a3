#!/usr/bin/env bash
# The tools around the rules: check, test, list, compare, suggest, explain.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
seed=tests/samples/csv/seed-grid.tsv
mine=$work/mappings
reset_mappings() {
  rm -rf "$mine"
  cp -r mappings "$mine"
}

# --- lint ---
exits 'lint' 0 rules lint
check 'lint: the shipped set has no findings' grep -q ', 0 findings$' "$work/out"
exits 'lint --json' 0 --json rules lint
equal 'lint --json: no findings' 0 "$(jq '.findings | length' "$work/out")"
reset_mappings
sed -i 's/"sip_code": 486, "q850_any": 31/"sip_code": 486/' "$mine/rules/65-provider-vega.json"
sed -i 's/, "q850_any": \[null, 16, 17, 127\]//' "$mine/rules/65-provider-vega.json"
exits 'lint: a rule that is never reached' 4 --mappings "$mine" rules lint
says 'lint: file, line, rule, reason' '65-provider-vega\.json:[0-9]+: rules\[[0-9]+\] \(vega\.486_unspecified\): never reached: rule "vega\.declined"'
reset_mappings
printf '{ "extends": "history",\n  "fields": { "caller": ["Anrufer"],\n    "calller": ["Nummer"] } }\n' >"$mine/fields/our.json"
exits 'lint: a misspelt field of the site' 4 --mappings "$mine" rules lint
says 'lint: its file, line and key' 'fields/our\.json:3: fields\.calller: is no field of a record'

# --- test ---
exits 'test' 0 rules test
check 'test: every file is told' grep -q 'cases/vega.csv: 26 of 26 passed$' "$work/out"
check 'test: disputed cases are shown' grep -q 'disputed, and decided otherwise' "$work/out"
exits 'test --json' 0 --json rules test
equal 'test --json: nothing failed' 0 "$(jq '[.files[].failed] | add' "$work/out")"
head -n 4 mappings/cases/vega.csv | sed '2s/NO_ANSWER,certain/BUSY,certain/' >"$work/some.csv"
exits 'test: a case of a file outside the folder fails' 4 rules test --cases "$work/some.csv"
says 'test: says how many' '1 undisputed case failed'
check 'test: names file and line' grep -q 'some.csv:2: V01: expected BUSY certain, got NO_ANSWER certain' "$work/out"
exits 'test: several files' 4 rules test --cases "$work/some.csv" --cases mappings/cases/core.csv
sed -i '2s/,no,/,yes,/' "$work/some.csv"
exits 'test: a disputed case does not fail' 0 rules test --cases "$work/some.csv"
exits 'test: no such file' 4 rules test --cases "$work/none.csv"
says 'test: no such file' 'none\.csv'

# --- a set whose cases fail must not decide ---
reset_mappings
sed -i 's/"REJECTED", "confidence": "probable", "alternatives": \["BUSY"\]/"BUSY", "confidence": "certain"/' \
  "$mine/rules/65-provider-vega.json"
exits 'unproved rules' 4 --mappings "$mine" --tz Europe/Kyiv check "$seed"
says 'unproved rules: the first case' 'rule cases fail: .*expected REJECTED'
exits 'unproved rules, on purpose' 0 --mappings "$mine" --tz Europe/Kyiv check --untested-rules "$seed"

# --- diff ---
exits 'diff: the same' 0 rules diff mappings
check 'diff: the same' grep -q '^0 rules differ' "$work/out"
exits 'diff: over a file' 0 --tz Europe/Kyiv rules diff "$mine" "$seed"
check 'diff: the rule' grep -q '^~  vega.declined' "$work/out"
check 'diff: the legs' grep -q '^1 of 5 legs would be decided otherwise' "$work/out"
exits 'diff: no folder' 2 rules diff
exits 'diff: half a period' 2 rules diff "$mine" --from 2020-11-01

# --- list, suggest ---
exits 'list' 0 rules list vega
check 'list: its own rules' grep -q 'vega\.unavailable' "$work/out"
check 'list: not those of others' bash -c "! grep -q 'intertelecom\\.' '$work/out'"
exits 'list: unknown provider' 2 rules list nobody
exits 'suggest' 0 --tz Europe/Kyiv rules suggest tests/samples/csv/m8-2026-06-all.csv
check 'suggest: a trunk without rules' grep -q 'Reserve .*USER_BUSY.*sip\.486' "$work/out"
exits 'suggest: a limit that is none' 2 rules suggest --limit 0 "$seed"
exits 'no such subcommand' 2 rules mend
says 'no such subcommand' 'lint, test, cases, list, table, page, diff, suggest, coverage, compare, new, history or restore'

# --- explain ---
exits 'explain: options' 0 explain --hangup-cause USER_BUSY --disposition 'recv_refuse sip:486' --gateway Vega
check 'explain: the rule that decides' grep -q '> vega.declined .*decides: REJECTED probable \[BUSY\]' "$work/out"
check 'explain: why an earlier one does not' grep -q 'network.analytics .*sip_code is 603; here 486 (Busy Here)' "$work/out"
exits 'explain: a record' 0 --tz Europe/Kyiv explain --record "$seed:3"
check 'explain: a record' grep -q '> vega.unavailable' "$work/out"
exits 'explain: no such line' 3 --tz Europe/Kyiv explain --record "$seed:99"
says 'explain: no such line' 'no record begins on line 99'
exits 'explain: nothing said' 2 explain

fresh_db
exits 'load' 0 --tz Europe/Kyiv load "$seed"
key=$(sql "select leg_key from cdr.leg where hangup_cause = 'USER_BUSY'")
exits 'explain: a stored leg' 0 explain --leg "$key"
check 'explain: what is stored' grep -q 'REJECTED probable by rule vega.declined$' "$work/out"
exits 'explain: no such leg' 3 explain --leg 00000000-0000-4000-8000-000000000000
exits 'explain: no key' 2 explain --leg seven
exits 'diff: over stored legs' 0 rules diff "$mine" --from 2020-11-01 --to 2020-12-01
check 'diff: over stored legs' grep -q '^1 of 5 legs would be decided otherwise' "$work/out"

# --- explain: the state of the channel, a phrase, a label of one's own detector ---
exits 'explain: a BYE without an answer' 0 explain --hangup-cause NO_ANSWER --disposition send_bye \
  --side B --answered-at 0 --duration 25 --started-at 2026-06-01T10:00:00Z --caller 1 --destination 2
check 'explain: a BYE without an answer' grep -q '^  NO_ANSWER probable' "$work/out"
exits 'explain: a phrase' 0 explain --hangup-cause NORMAL_TEMPORARY_FAILURE --disposition recv_refuse \
  --sip-code 503 --sip-phrase 'DNS Error' --bill-seconds 0 --side B --caller 1 --destination 2 \
  --started-at 2026-06-01T10:00:00Z
check 'explain: a phrase' grep -q '^  LOCAL_UNAVAILABLE probable \[NETWORK_FAILURE\]' "$work/out"
reset_mappings
sed -i 's/"aliases": \["announcement_unreachable"\]/"aliases": ["off_voice_ua"]/' "$mine/announcements.json"
for label in off_voice_ua OFF_VOICE_UA unheard_of; do
  exits "a label of one's own: $label" 0 --mappings "$mine" explain --hangup-cause NO_USER_RESPONSE \
    --disposition recv_refuse --sip-code 480 --bill-seconds 0 --amd-result "$label" --side B \
    --caller 1 --destination 2 --started-at 2026-06-01T10:00:00Z
  grep -A 1 '^outcome' "$work/out" | tail -n 1 | cut -d'[' -f1 >>"$work/labels"
done
equal 'labels of an own detector' '  UNREACHABLE probable 
  UNREACHABLE probable 
  UNDETERMINED ambiguous ' "$(cat "$work/labels")"
finish
