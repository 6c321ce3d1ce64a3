#!/usr/bin/env bash
# Lint tells every fault of every kind of file, and not the first.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
mine=$work/mappings
cp -r mappings "$mine"
change() { jq "$2" "mappings/$1" >"$mine/$1"; }

change fields/history.json '.zone = "Europe/Kiew" | .date_order = "dym" | .fields.caler = ["a"] | .fields.extention = ["b"] | .filds = {} | .nulll = [] |
  .cut_domain += ["calller"]'
printf '{ "extends": "legacy-grid", "fields": { "caller": "x", "wen": ["y"] }, "values": { "direction": { "inbound": "z" }, "side": {} } }' \
  >"$mine/fields/ours.json"
echo '{ "extends": "nothing-like-it" }' >"$mine/fields/theirs.json"
change numbers.json '.countries[0].international = ["0x", "00", "1y"] | .countries[0].bare = "yes" | .countries[1].code = "0" | .trunks = [{"gatewy": ["a"]}, {"gateway": [5], "country": "xx"}, {"gateway": ["b"], "strip": ["?"]}]'
change prefixes.json '.countries[0].ranges[0].kind = "cell" | .countries[0].ranges[1].starts += ["6a"] | .countries[1].code = "x"'
change categories.json '.categories[1].group = "suscriber" | .categories[1].kpi.asr = "nominator" | .categories[1].kpi.ner = "nominator" | .categories[2].label.en = "" | .categories[2].retry.advice = "perhaps" | .categories[2].answerd = true'
change causes.json '.causes[2].q850 = 200 | .causes[2].naive = "BUSSY" | .causes[3].number = -1 | .sip_codes[0].code = 99 | .values.directon = ["x"] | .values.leg = "a"'
change announcements.json '.announcements[0].category = "BUSSY" | .announcements[1].aliases = 5 | .detector_labels[0].labl = "x"'
change providers.json '.providers[0].zone = "Europe/Kiew" | .providers[0].gateway += [{"regex": "x"}, ""] | .providers[1].nam = "x" | .providers[1].carrier = "no"'
change rules/65-provider-vega.json '.rules[0].when = {relese: "own_cancel", hangup_cause: ["NO_ANSVER", "USER_BUZY"], sip_code: 99} | .rules[0].wy = "x" | .rules[0].valid = {from: "soon"} |
  .rules[1].then = {category: "NO_ANSVER", confidence: "sure", alternatives: ["BUSSY", "REJECTEDD"]}'
exits 'lint' 4 --mappings "$mine" rules lint
while IFS='|' read -r file text; do
  if grep -F -- "$text" "$work/out" | grep -q "$file"; then good; else bad "$file: $text" "$(grep "$file" "$work/out")"; fi
done <<'END'
history.json|Europe/Kiew
history.json|date_order: must be
history.json|fields.caler: is no field
history.json|fields.extention: is no field
history.json|filds: unknown key
history.json|nulll: unknown key
history.json|calller is no field
ours.json|fields.caller: must be a list of names
ours.json|fields.wen: is no field
ours.json|values.direction.inbound: must be a list
ours.json|values.side: is no field
theirs.json|there is no profile of that name
numbers.json|international: digits are due
numbers.json|bare: true or false is due
numbers.json|code: 1 to 4 digits
numbers.json|gatewy: unknown key
numbers.json|there is no country of that id
numbers.json|strip: digits are due
prefixes.json|kind: unknown value "cell"
prefixes.json|starts: digits are due, not "6a"
prefixes.json|code: 1 to 4 digits are due
categories.json|group: unknown value "suscriber"
categories.json|asr: unknown value
categories.json|ner: unknown value
categories.json|en: a text is due
categories.json|advice: unknown value
categories.json|answerd: unknown key
causes.json|q850: a whole number
causes.json|category "BUSSY" is not declared
causes.json|number: a whole number
causes.json|code: a whole number
causes.json|directon: unknown field
causes.json|leg: a list is due
announcements.json|category "BUSSY"
announcements.json|aliases: a list of texts
announcements.json|labl: unknown key
providers.json|Europe/Kiew
providers.json|gateway: a text
providers.json|nam: unknown key
providers.json|carrier: true or false
65-provider-vega.json|when.relese: unknown field
65-provider-vega.json|unknown value "NO_ANSVER"
65-provider-vega.json|unknown value "USER_BUZY"
65-provider-vega.json|when.sip_code: 99 is out of range
65-provider-vega.json|wy: unknown key
65-provider-vega.json|from: a day
65-provider-vega.json|then.category: category "NO_ANSVER"
65-provider-vega.json|then.confidence: unknown value "sure"
65-provider-vega.json|"BUSSY" is not declared
65-provider-vega.json|"REJECTEDD" is not declared
END
equal 'each of the two numbers' 2 "$(grep -c 'numbers.json:.*international: digits are due' "$work/out")"
equal 'each line has its place' 0 "$(grep -E '^(fields|rules)/|^[a-z]+\.json' "$work/out" | grep -cvE '^[^ ]+\.json:[0-9]+: ')"
exits 'a load tells the first' 4 --mappings "$mine" --tz UTC check tests/samples/csv/seed-grid.csv
says 'a load tells the first' 'categories.json:[0-9]+: '
finish
