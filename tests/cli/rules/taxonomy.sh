#!/usr/bin/env bash
# taxonomy: mappings/categories.json decides what a category counts as, and a site's own one
# is as good as ours, in the report of a load and in the database.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

edit() { jq "$3" "$1/$2" >"$work/edited" && cp "$work/edited" "$1/$2"; }
leg() { # NUMBER PARENT SECONDS DIRECTION CAUSE CODE BILLED
  printf '{"id":"70000000-0000-4000-8000-%012d","parent_id":%s,"direction":"%s","created_at":%d,"from":{"number":"1005"},"to":{"number":"0500002924"},"gateway":{"name":"Vega"},"duration":18,"bill_sec":%d,"cause":"%s","sip_code":%d}\n' \
    "$1" "$2" "$4" "$((1780963200000 + $3 * 1000))" "$7" "$5" "$6"
}
key() { printf '"70000000-0000-4000-8000-%012d"' "$1"; }
recompute_all() { exits "$1" 0 --json --mappings "$2" recompute --untested-rules --from 2026-06-01 --to 2026-07-01; }

# Ten attempts: four answered, three busy, two without answer, one that found no circuit.
{
  for i in 1 2 3 4; do leg "$i" null $((i * 60)) outbound NORMAL_CLEARING 200 7; done
  for i in 5 6 7; do leg "$i" null $((i * 60)) outbound USER_BUSY 486 0; done
  for i in 8 9; do leg "$i" null $((i * 60)) outbound NO_ANSWER 480 0; done
  leg 10 null 600 outbound NORMAL_CIRCUIT_CONGESTION 503 0
} >"$work/ten.ndjson"
# Whatever our rules say of them, these are the test's own.
plain=$work/plain
cp -r mappings "$plain"
rm "$plain"/rules/*.json
cat >"$plain/rules/10-plain.json" <<'END'
{ "about": "By cause alone.",
  "rules": [
    { "id": "plain.answered", "when": { "answered": true }, "then": { "category": "ANSWERED", "confidence": "certain" }, "why": "a test" },
    { "id": "plain.busy", "when": { "hangup_cause": "USER_BUSY" }, "then": { "category": "BUSY", "confidence": "certain" }, "why": "a test" },
    { "id": "plain.silent", "when": { "hangup_cause": "NO_ANSWER" }, "then": { "category": "NO_ANSWER", "confidence": "certain" }, "why": "a test" },
    { "id": "plain.cancel", "when": { "hangup_cause": "ORIGINATOR_CANCEL" }, "then": { "category": "CALLER_CANCEL", "confidence": "certain" }, "why": "a test" },
    { "id": "plain.rest", "when": {}, "then": { "category": "CONGESTION", "confidence": "certain" }, "why": "a test" } ] }
END

kpis() { sql "select concat_ws(' ', seizures, bids, answered, asr, abr, ner_low, ner_high, ner_n) from cdr.kpi_day where unit = 'attempt'"; }

fresh_db
exits 'ten attempts' 0 --mappings "$plain" load --untested-rules "$work/ten.ndjson"
# ASR 4 of 10; NER: answered, busy and no answer are 9 of 10.
equal 'as shipped' '10 10 4 40.00 40.00 90.00 90.00 10' "$(kpis)"

# --- a category that a site does not count -------------------------------------------
site=$work/site
cp -r "$plain" "$site"
edit "$site" categories.json '(.categories[] | select(.code == "BUSY")).kpi = {asr: "excluded", abr: "excluded", ner: "excluded", seer: "excluded"}'
recompute_all 'busy is excluded' "$site"
equal 'no leg changes' '0' "$(jq .changed "$work/out")"
# ASR 4 of 7; NER: answered and no answer are 6 of 7.
equal 'seizures, ASR and NER do' '7 7 4 57.14 57.14 85.71 85.71 7' "$(kpis)"
equal 'the statistics are counted anew' 0 "$(unlike -infinity)"
equal 'stored: numerators too' '6 6' "$(sql "select concat_ws(' ', sum(delivered_low), sum(delivered_high)) from cdr.stat_hour where unit = 'attempt'")"
edit "$site" categories.json '(.categories[] | select(.code == "BUSY")).kpi = {asr: "denominator", abr: "excluded", ner: "denominator", seer: "excluded"}'
recompute_all 'busy counts against the carrier' "$site"
equal 'each flag by itself' '10 7 4 40.00 57.14 60.00 60.00 10' "$(kpis)"
recompute_all 'and as shipped again' "$plain"
equal 'all is as it was' '10 10 4 40.00 40.00 90.00 90.00 10' "$(kpis)"
edit "$site" categories.json '(.categories[] | select(.code == "BUSY")) |= (.label.uk = "Абонент розмовляє" | .meaning = "Another meaning." | .retry.after_minutes = 33 | .group = "network")'
exits 'init copies them' 0 --mappings "$site" init
equal 'labels, meaning, advice, group' 'network|Абонент розмовляє|Another meaning.|yes|33' \
  "$(sql "select outcome_group, label_uk, meaning, retry, retry_after_minutes from cdr.category where category = 'BUSY'")"

# --- a site's own category of the group caller ----------------------------------------
edit "$site" categories.json '.categories |= map(if .code == "CALLER_CANCEL" then .code = "GAVE_UP" else . end)'
sed -i 's/CALLER_CANCEL/GAVE_UP/g' "$site"/rules/*.json "$site"/*.json
for i in 0 10 20 30; do
  # The caller gave up, then the phone said busy; a phone that was picked up wins.
  leg $((i + 1)) null $((i * 60)) inbound ORIGINATOR_CANCEL 487 0
  leg $((i + 2)) "$(key $((i + 1)))" $((i * 60 + 1)) '' USER_BUSY 486 0
  [ "$i" -lt 30 ] || leg $((i + 3)) "$(key $((i + 1)))" $((i * 60 + 2)) '' NORMAL_CLEARING 200 9
done >"$work/calls.ndjson"
fresh_db
exits 'calls whose caller gave up' 0 --json --mappings "$site" load --untested-rules "$work/calls.ndjson"
equal 'the report says so' '{"GAVE_UP":3,"ANSWERED":1}' \
  "$(jq -c '.files[0].calls_by_category | with_entries(select(.value > 0)) | {GAVE_UP, ANSWERED}' "$work/out")"
equal 'the database too' 'ANSWERED 1,GAVE_UP 3' \
  "$(sql "select string_agg(category || ' ' || n, ',' order by category) from (select category, count(*) as n from cdr.call group by 1) c")"
equal 'and the statistics' '3 3' \
  "$(sql "select concat_ws(' ', sum(cancelled), sum(cancelled_high)) from cdr.measure_hour where unit = 'call'")"
equal 'the category that went is kept for old legs, without a place' 1 \
  "$(exits init 0 init; "$CDRETL" -q --mappings "$site" init; sql "select count(*) from cdr.category where category = 'CALLER_CANCEL' and position is null")"

# --- legs of a category that is named no more, and nothing else changes -----------------
own=$work/own
cp -r "$plain" "$own"
edit "$own" categories.json '.categories |= map(if .code == "CALLER_CANCEL" then .code = "GAVE_UP" else . end)'
sed -i 's/CALLER_CANCEL/GAVE_UP/g' "$own"/rules/*.json "$own"/*.json
fresh_db
exits 'calls of a category of our own' 0 --mappings "$own" load --untested-rules "$work/calls.ndjson"
recompute_all 'the shipped names again' "$plain"
equal 'legs change' 4 "$(jq .changed "$work/out")"
equal 'and what they counted for' 0 "$(unlike -infinity)"

edit "$site" categories.json '.categories |= map(del(.answered))'
exits 'a taxonomy in which nothing is an answer' 4 --mappings "$site" rules lint
says 'a taxonomy in which nothing is an answer' 'no category is "answered"'
finish
