#!/usr/bin/env bash
# What a changed folder would decide otherwise: entries by name, legs, figures, memory.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
demo=tests/samples/demo
legs=$(jq '[.files[] | select(.file | startswith("demo/")).records] | add' tests/samples/expected.json)
"$CDRETL" --tz Europe/Kyiv check --rows csv "$demo" 2>/dev/null >"$work/rows"
declined=$(grep -c ',vega\.declined,' "$work/rows")
intertelecom=$(grep -c ',intertelecom,' "$work/rows")
other=$work/other
reset_other() {
  rm -rf "$other"
  cp -r mappings "$other"
}
# change FILE JQ-PROGRAM
change() { jq "$2" "mappings/$1" >"$other/$1"; }
diff_demo() { exits "$1" 0 --tz Europe/Kyiv rules diff "$other" "${@:2}" "$demo"; }
# has NAME TEXT: a line of the output holds TEXT.
has() { check "$1" grep -qF -- "$2" "$work/out"; }
figure() { awk -v id="$1" -v col="$2" '$1 == "provider" { n++ } n == 2 && $1 == id { print $col }' "$work/out"; }

# --- names, not numbers ---
reset_other
change categories.json '.categories = [{code: "DO_NOT_CALL", group: "subscriber", meaning: "On a list",
  label: {en: "a", uk: "b", ru: "c"}, retry: {advice: "no"},
  kpi: {asr: "denominator", abr: "denominator", ner: "numerator", seer: "numerator"}}] + (.categories | reverse)'
diff_demo 'categories in another order'
has 'one more is told' '+ category DO_NOT_CALL'
has 'and changes no leg' "0 of $legs legs would be decided otherwise"
has 'and no rule' '0 rules differ, 1 other entry differs'

# --- alternatives alone ---
reset_other
change rules/65-provider-vega.json '(.rules[] | select(.id == "vega.declined")).then.alternatives = ["BUSY", "BLOCKED"]'
diff_demo 'alternatives'
has 'the rule before' '-> REJECTED probable [BUSY]'
has 'and after' '-> REJECTED probable [BUSY, BLOCKED]'
has 'its legs' "$declined of $legs legs would be decided otherwise"
check 'with both sets of alternatives' grep -qE "$declined  vega .*REJECTED probable \[BUSY\] .*REJECTED probable \[BUSY, BLOCKED\]" "$work/out"
example=$(grep -oE "$demo/[^ ]+:[0-9]+" "$work/out" | head -n 1)
exits 'the example can be explained' 0 --tz Europe/Kyiv explain --record "$example"
has 'and is of that rule' '> vega.declined'

# --- order ---
reset_other
mv "$other/rules/45-old-numbers.json" "$other/rules/46-numbers.json"
diff_demo 'a file renamed, in its place'
has 'nothing stands elsewhere' '0 rules differ between'
change rules/65-provider-vega.json '.rules |= .[:-2] + [.[-1], .[-2]]'
diff_demo 'two rules change places'
has 'one stands elsewhere' '0 rules differ, 1 stands elsewhere'
check 'and it is told which' grep -qE '^> vega\.[a-z0-9_]+ stands behind' "$work/out"

# --- carriers ---
reset_other
change providers.json '(.providers[] | select(.id == "vega")).gateway += ["Reserve"]'
diff_demo 'a gateway more'
has 'is told' '~ carrier vega: gateway gains "Reserve"'
check 'its legs change their carrier' grep -qE '\(none\) > vega' "$work/out"
reserve=$(for f in "$demo"/*; do zcat "$f"; done | grep -c '\bReserve\b')
check 'as many as there are at most' test "$(sed -nE "s/^([0-9]+) of $legs .*/\1/p" "$work/out")" -le "$reserve"
check 'and some' test "$(sed -nE "s/^([0-9]+) of $legs .*/\1/p" "$work/out")" -gt 0
diff_demo 'only one carrier' --provider intertelecom
has 'sees nothing of it' "0 of $intertelecom legs would be decided otherwise"
check 'nor of the other' bash -c "! grep -q 'carrier vega' '$work/out'"
exits 'a carrier that nobody knows' 2 rules diff "$other" --provider nobody
says 'is refused' 'provider "nobody" is in neither set'

# --- what outcomes count as ---
reset_other
change categories.json '(.categories[] | select(.code == "BUSY")).kpi.ner = "denominator"'
diff_demo 'a flag'
has 'is told' '~ category BUSY: kpi.ner is "denominator", not "numerator"'
has 'changes no leg' "0 of $legs legs would be decided otherwise"
check 'but NER' test "$(figure vega 9)" != "$(figure vega 13)"

# --- figures are those of the statistics ---
reset_other
fresh_db
exits 'load' 0 --tz Europe/Kyiv load "$demo"
exits 'over the database' 0 rules diff "$other" --from 2026-05-01 --to 2026-08-01
has 'its legs, once each' "0 of $(sql 'select count(*) from cdr.leg') legs would be decided otherwise"
change categories.json '(.categories[] | select(.code == "BUSY")).kpi.ner = "denominator"'
exits 'over the database' 0 rules diff "$other" --from 2026-05-31 --to 2026-07-02 --tz Europe/Kyiv
equal 'ASR of the statistics' "$(sql "select round(100 * sum(answered) / sum(seizures), 1) from cdr.measure_hour
  where unit = 'attempt' and provider = 'vega'")" "$(figure vega 3)"

# --- a site's folder is laid over the shipped one ---
mkdir -p "$work/site/rules"
cat >"$work/site/rules/05-site.json" <<'END'
{"rules": [{"id": "site.602", "when": {"release": "remote_refusal", "sip_code": 602},
  "then": {"category": "BUSY", "confidence": "certain"}, "why": "x"}]}
END
exits 'an overlay' 0 rules diff "$work/site"
has 'adds one rule' '1 rule differs'

# --- memory ---
reset_other
head=$(zcat "$demo/history-2026-06-01.csv.gz" | head -n 1)
some=$(zcat "$demo/history-2026-06-01.csv.gz" | tail -n +2 | head -n 500)
for times in 4 80; do
  { echo "$head"; for _ in $(seq $times); do echo "$some"; done; } >"$work/$times.csv"
done
# The most memory that the program was seen to have, in KiB.
peak() {
  local most=0 now
  "$CDRETL" --tz Europe/Kyiv rules diff "$other" "$1" >/dev/null 2>&1 &
  while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$!/status" 2>/dev/null) && [ -n "$now" ]; do most=$now; done
  wait $!
  echo "$most"
}
small=$(peak "$work/4.csv") large=$(peak "$work/80.csv")
check "memory: 2,000 records $small KiB, 40,000 $large KiB" test $((large - small)) -lt 2048
finish
