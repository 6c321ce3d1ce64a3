#!/usr/bin/env bash
# Thirty ways to spoil the shipped rule set: `rules lint` or `rules test` refuses each
# and names the place.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
mine=$work/mappings

# spoil FILE JQ-PROGRAM PLACE: PLACE (a regular expression) is what must be named.
spoil() {
  local file=$1 program=$2 place=$3
  rm -rf "$mine"
  cp -r mappings "$mine"
  jq "$program" "mappings/$file" >"$mine/$file"
  if cmp -s <(jq -S . "mappings/$file") <(jq -S . "$mine/$file"); then
    bad "$file: $program" 'changes nothing'
    return
  fi
  cdretl --mappings "$mine" rules lint
  [ "$status" != 0 ] || cdretl --mappings "$mine" rules test
  if [ "$status" = 4 ] && grep -qE -- "$place" "$work/out" "$work/err"; then good; else
    bad "$file: $program" "exit $status, no /$place/ in:"$'\n'"$(tail -n 5 "$work/out" "$work/err")"
  fi
}

rule() { printf '(.rules[] | select(.id == "%s"))%s' "$1" "$2"; }
drop() { printf 'del(.rules[] | select(.id == "%s"))' "$1"; }

vega=rules/65-provider-vega.json
intertelecom=rules/66-provider-intertelecom.json
answered=rules/20-answered.json
q850=rules/70-q850.json
sip=rules/80-sip.json
default=rules/99-default.json

# --- what is missing ---
spoil $default "$(drop default)" '99-default|default'
spoil $vega "$(drop vega.declined)" 'core\.csv:[0-9]+: C007'
spoil $intertelecom "$(drop intertelecom.unavailable)" 'C009'
spoil $sip "$(drop sip.480)" 'C253'
spoil $vega "$(rule vega.declined ' |= del(.then.alternatives)')" '65-provider-vega\.json:[0-9]+: .*vega\.declined'
spoil $vega "$(rule vega.unavailable .then.alternatives) = [\"BUSY\"]" 'vega\.unavailable'
spoil $vega "$(rule vega.declined ' |= del(.then.category)')" 'vega\.declined'
spoil $vega "$(rule vega.declined ' |= del(.why)')" 'vega\.declined'

# --- what is written wrong ---
spoil $vega "$(rule vega.declined .when.sip_cod) = 486" 'vega\.declined.*sip_cod'
spoil $vega "$(rule vega.declined .then.category) = \"REJECTD\"" 'vega\.declined.*REJECTD'
spoil $vega "$(rule vega.declined .then.confidence) = \"sure\"" 'vega\.declined.*sure'
spoil $vega "$(rule vega.declined .when.release) = \"remote_refused\"" 'vega\.declined.*remote_refused'
spoil $vega "$(rule vega.declined .when.sip_code) = 4860" 'vega\.declined'
spoil $vega "$(rule vega.declined .when.sip_code) = \"486\"" 'vega\.declined'
spoil $vega '.provider = "vaga"' '65-provider-vega\.json.*vaga'
spoil $vega '.providr = "vega"' '65-provider-vega\.json.*providr'
spoil $sip "$(rule sip.408.local .when.duration) = {\"min\": 35, \"max\": 30}" 'sip\.408\.local'
spoil rules/68-ring-timeout.json "$(rule ring.timeout_or_timer .valid.from) = \"2026-13-01\"" 'ring\.timeout_or_timer'
spoil providers.json '.providers[1].id = "vega"' 'providers\.json.*vega'
spoil providers.json '.providers[0].caller = ["10004057"]' 'providers\.json.*10004057|C007|C009'

# --- what is there twice, or in vain ---
spoil $vega '.rules += [.rules[0]]' '65-provider-vega\.json:[0-9]+: '
spoil $vega "$(rule vega.unavailable .id) = \"vega.declined\"" 'vega\.declined'
spoil $default '.rules = [.rules[0], (.rules[0] | .id = "again")]' '99-default\.json'
spoil $answered '.rules |= reverse' '20-answered\.json'

# --- what is wider, narrower or elsewhere ---
spoil $vega "$(rule vega.declined ' |= del(.when.sip_code)')" 'by rule vega\.declined'
spoil $vega "$(rule vega.unavailable ' |= del(.when.q850_any)')" 'C016: .*by rule vega\.unavailable'
spoil $intertelecom "$(rule intertelecom.declined .when.sip_code) = 604" 'C005'
spoil $sip "$(rule sip.480 .when.sip_code) = {\"min\": 400, \"max\": 499}" '80-sip\.json|cases/'
spoil $q850 "$(rule q850.19 .then.category) = \"BUSY\"" 'C016|C127'
spoil $vega "$(rule vega.declined .then.category) = \"BUSY\" | $(rule vega.declined .then.alternatives) = [\"REJECTED\"]" 'C007'
spoil $vega '.provider = "intertelecom"' '66-provider-intertelecom\.json'
spoil categories.json '(.categories[] | select(.code == "REJECTED")).code = "DECLINED"' 'REJECTED'
finish
