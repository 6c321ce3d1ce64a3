#!/usr/bin/env bash
# Conditions on numbers, who was given them, local time, dialplan and employee; and letters
# of every script alike, whatever their case.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
site=$work/site
mkdir -p "$site/rules" "$site/cases"
# rule ID WHEN
rule() { printf '{"id": "%s", "when": %s, "then": {"category": "BLOCKED", "confidence": "certain"}, "why": "x"}' "$1" "$2"; }
rules() { printf '{"rules": [\n%s]}\n' "$(printf '%s,\n' "$@" | sed '$ s/,$//')" >"$site/rules/05-site.json"; }
# decided NAME RULE ARGUMENT...: explain says that RULE decides
decided() {
  local name=$1 want=$2
  shift 2
  cdretl --mappings "$site" --json explain --hangup-cause USER_BUSY --disposition recv_refuse --sip-code 486 "$@"
  equal "$name" "$want" "$(jq -r .outcome.rule_id "$work/out")"
}

rules "$(rule n.prefix '{"destination": {"prefix": "+38044"}}')" \
  "$(rule n.operator '{"destination_operator": "lifecell"}')" \
  "$(rule n.country '{"caller_country": "Kazakhstan"}')" \
  "$(rule n.night '{"provider": "vega", "local_hour": {"min": 22}, "local_weekday": ["fri", "sat"]}')" \
  "$(rule n.schema '{"schema": {"prefix": "Вхідн"}, "user": "Ольга"}')" \
  "$(rule n.queue '{"queue": {"glob": "*продаж?"}}')"
exits 'lint has nothing to say' 0 --mappings "$site" rules lint

# --- numbers, however they are written ---
for number in 0446159079 80446159079 00380446159079 '+38 (044) 615-90-79' 380446159079; do
  decided "a prefix: $number" n.prefix --destination "$number"
done
decided 'another prefix' sip.486 --destination 0456159079
for number in 0636159079 380736159079 +380936159079; do
  decided "an operator: $number" n.operator --destination "$number"
done
decided 'another operator' sip.486 --destination 0676159079
decided 'a country' n.country --caller +77011234567
decided 'no number at all' sip.486 --destination 112

# --- local time: Kyiv is three hours ahead in June, two in December ---
decided 'before the hour' vega.declined --provider vega --started-at 2026-06-05T18:59:59Z
decided 'at the hour' n.night --provider vega --started-at 2026-06-05T19:00:00Z
decided 'in winter' vega.declined --provider vega --started-at 2026-12-04T19:30:00Z
decided 'in winter, later' n.night --provider vega --started-at 2026-12-04T20:00:00Z
decided 'another day' vega.declined --provider vega --started-at 2026-06-04T19:00:00Z
decided 'a carrier without a zone' sip.486 --started-at 2026-06-05T19:00:00Z

# --- letters ---
decided 'dialplan and employee' n.schema --schema 'ВХІДНІ дзвінки' --user 'ОЛЬГА'
decided 'a queue' n.queue --queue 'ВІДДІЛ ПРОДАЖУ'
decided 'one letter more' sip.486 --queue 'ВІДДІЛ ПРОДАЖУЮ'
echo '{"announcements": [{"token": "ann_off", "category": "UNREACHABLE", "aliases": ["Абонент недоступен"]}]}' >"$site/announcements.json"
for word in 'абонент недоступен' 'АБОНЕНТ НЕДОСТУПЕН' 'Абонент Недоступен'; do
  cdretl --mappings "$site" --json explain --hangup-cause NO_USER_RESPONSE --disposition recv_refuse --sip-code 480 --announcement "$word"
  equal "an announcement: $word" 'UNREACHABLE probable' "$(jq -r '.outcome | .category + " " + .confidence' "$work/out")"
done
mkdir -p "$site/carriers/kyiv"
echo '{"providers": [{"id": "kyiv", "name": "Київ", "gateway": ["Київ-1", {"prefix": "Львів-"}]}]}' >"$site/carriers/kyiv/provider.json"
for gateway in КИЇВ-1 київ-1 ЛЬВІВ-7; do
  cdretl --mappings "$site" --json explain --hangup-cause USER_BUSY --gateway "$gateway"
  equal "a trunk: $gateway" kyiv "$(jq -r .outcome.provider "$work/out")"
done

# --- cases ---
{
  head -n 1 mappings/cases/core.csv
  echo 'USER_BUSY,recv_refuse,486,,,outbound,0,5,,BLOCKED,certain,,,mine,no,,B,,,destination_e164=+380446159079,M1'
  echo 'USER_BUSY,recv_refuse,486,,vega,outbound,0,5,,BLOCKED,certain,,,mine,no,,B,,,started_at=2026-06-05T19:00:00Z,M2'
  echo 'USER_BUSY,recv_refuse,486,,,outbound,0,5,,BLOCKED,certain,,,mine,no,,B,,,schema=вхідні;user=ольга,M3'
} >"$site/cases/site.csv"
exits 'cases' 0 --mappings "$site" rules test
echo 'USER_BUSY,recv_refuse,486,,,outbound,0,5,,BLOCKED,certain,,,mine,no,,B,,,destination_e164=0446159079,M4' >>"$site/cases/site.csv"
exits 'a case with a number as dialled' 4 --mappings "$site" rules test
check 'is told what to write' grep -q 'M4: destination_e164: "0446159079" is no number in international form' "$work/out"

# --- mistakes ---
rules "$(rule n.prefix '{"destination": {"prefix": "044"}}')" "$(rule n.zone '{"provider": "internal", "local_hour": 3}')" \
  "$(rule n.operator '{"destination_operator": "livecell"}')" "$(rule n.hour '{"local_hour": 24}')"
exits 'lint' 4 --mappings "$site" rules lint
check 'an operator that is none' grep -q 'unknown value "livecell"; did you mean "lifecell"?' "$work/out"
check 'an hour that is none' grep -q 'when.local_hour: 24 is out of range (0 to 23)' "$work/out"
rules "$(rule n.prefix '{"destination": {"prefix": "044"}}')" "$(rule n.zone '{"provider": "internal", "local_hour": 3}')"
exits 'lint' 4 --mappings "$site" rules lint
check 'a prefix as dialled' grep -q 'n.prefix: when.destination: numbers are in international form; write +38044 and not 044' "$work/out"
check 'a carrier without a zone' grep -q 'n.zone: when.local_hour: no carrier that it is asked for has a "zone"' "$work/out"

# --- more than there used to be room for ---
rm -r "$site/rules" "$site/cases"
mkdir -p "$site/rules" "$site/carriers/many"
jq -n '{providers: [range(200) | {id: "many-\(.)", name: "Many \(.)", gateway: [{prefix: "m\(.)-"}]}]}' >"$site/carriers/many/provider.json"
for i in $(seq 300); do
  printf '{"rules": [{"id": "many.%s", "when": {"queue": "q%s"}, "then": {"category": "BUSY", "confidence": "certain"}, "why": "x"}]}' \
    "$i" "$i" >"$site/rules/05-$i.json"
done
cdretl --mappings "$site" --json explain --hangup-cause USER_BUSY --gateway m199-x --queue q300
equal 'two hundred patterns, three hundred tables' 'many-199 many.300' "$(jq -r '.outcome | .provider + " " + .rule_id' "$work/out")"
finish
