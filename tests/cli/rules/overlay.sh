#!/usr/bin/env bash
# A site's own mappings, laid over the shipped ones: what it adds, what it has otherwise.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
site=$work/site
mkdir -p "$site/rules" "$site/cases" "$site/fields" "$site/carriers/kyivstar"
head=$(head -n 1 mappings/cases/core.csv)

# row CAUSE DISPOSITION SIP HEARD CATEGORY CONFIDENCE ALTERNATIVES
row() { echo "$1,$2,$3,,,,,0,$4,$5,$6,$7,a site's own,,,,,,,,"; }

# --- a category and a rule of its own -------------------------------------------------------
cat >"$site/categories.json" <<'END'
{"categories": [
  {"code": "DO_NOT_CALL", "group": "subscriber", "answered": false, "elsewhere": false,
   "local_failure": false, "meaning": "The subscriber is on the list of those who want no calls",
   "label": {"en": "Wants no calls", "uk": "Просив не дзвонити", "ru": "Просил не звонить"},
   "kpi": {"asr": "denominator", "abr": "denominator", "ner": "numerator", "seer": "numerator"},
   "retry": {"advice": "no"}}]}
END
cat >"$site/rules/05-site.json" <<'END'
{"rules": [{"id": "site.wants_no_calls", "when": {"release": "remote_refusal", "sip_code": 602},
  "then": {"category": "DO_NOT_CALL", "confidence": "certain"}, "why": "Our carrier's code"}]}
END
{ echo "$head"; row NORMAL_UNSPECIFIED recv_refuse 602 '' DO_NOT_CALL certain ''; } >"$site/cases/site.csv"
exits 'lint finds nothing' 0 --mappings "$site" rules lint
exits 'all cases pass, the shipped ones too' 0 --mappings "$site" rules test
check 'the own one among them' grep -q "$site/cases/site.csv: 1 of 1 passed" "$work/out"
exits 'explain' 0 --mappings "$site" explain --hangup-cause NORMAL_UNSPECIFIED --disposition recv_refuse --sip-code 602
check 'the own rule decides, and says where it stands' grep -qF "$site/rules/05-site.json" "$work/out"
check 'the own category' grep -q 'DO_NOT_CALL certain' "$work/out"

# --- a shipped rule otherwise, in its place -------------------------------------------------
cat >"$site/rules/81-ours.json" <<'END'
{"rules": [{"id": "sip.607", "when": {"sip_code": 607},
  "then": {"category": "REJECTED", "confidence": "certain"}, "why": "Here it is the reject key"}]}
END
exits 'a shipped case contradicts' 4 --mappings "$site" rules test
grep -oE 'cases/[a-z]+\.csv:[0-9]+: [^:]*: expected' "$work/out" | grep -oE '^[^:]*:[0-9]+' | sort -u >"$work/lines"
check 'it is named with file and line' test -s "$work/lines"
# The site answers each of those cases: the same inputs, what is expected here.
while IFS=: read -r file line; do
  sed -n "${line}p" "mappings/$file"
done <"$work/lines" | sed -E 's/,[A-Z_]+,(certain|probable|ambiguous),[A-Z_|]*,/,REJECTED,certain,,/' >>"$site/cases/site.csv"
exits "the site's cases answer them" 0 --mappings "$site" rules test
exits 'list' 0 --mappings "$site" rules list
equal 'the rule stands once' 1 "$(grep -c '^  sip.607 ' "$work/out")"
equal 'and where the shipped one stood' "$site/rules/81-ours.json" \
  "$(awk '/json$/ { table = $1 } /^  sip.607 / { print table }' "$work/out")"

# --- a carrier, an announcement, captions ---------------------------------------------------
echo '{"providers": [{"id": "kyivstar", "name": "Kyivstar", "gateway": ["ks-1"]}]}' >"$site/carriers/kyivstar/provider.json"
echo '{"announcements": [{"token": "ann_moved", "category": "INVALID_NUMBER", "aliases": ["number has moved"]}]}' >"$site/announcements.json"
echo '{"extends": "history", "fields": {"hangup_cause": ["Our cause"]}}' >"$site/fields/ours.json"
exits 'lint, with everything' 0 --mappings "$site" rules lint
exits 'a carrier of its own' 0 --mappings "$site" explain --gateway ks-1 --hangup-cause USER_BUSY --disposition recv_refuse --sip-code 486
check 'is recognised' grep -q 'provider kyivstar' "$work/out"
exits 'an announcement' 0 --mappings "$site" explain --hangup-cause NO_USER_RESPONSE --disposition recv_refuse \
  --sip-code 480 --announcement 'number has moved'
check 'picks its category' grep -q '^  INVALID_NUMBER' "$work/out"

# --- beginning ------------------------------------------------------------------------------
exits 'a new folder' 0 rules new "$work/new"
exits 'is sound as it is' 0 --mappings "$work/new" rules lint
exits 'and its cases pass' 0 --mappings "$work/new" rules test
echo '{"rules": [], "about": "mine"}' >"$work/new/rules/05-exceptions.json"
exits 'once more' 0 rules new "$work/new"
check 'leaves what is there' grep -q mine "$work/new/rules/05-exceptions.json"
exits 'a folder in a folder that is not there' 2 rules new "$work/none/new"

# --- which folders, and in which order ------------------------------------------------------
identity() { cdretl "$@" rules lint >"$work/out" 2>&1; grep -oE 'rule set [0-9a-f]+' "$work/out"; }
one=$(identity --mappings "$site")
cp -r "$site" "$work/elsewhere"
equal 'where the folder stands makes no other set' "$one" "$(identity --mappings "$work/elsewhere")"
equal 'the shipped folder may be named' "$one" "$(identity --mappings mappings --mappings "$site")"
equal 'in the environment, too' "$one" "$(CDRETL_MAPPINGS=mappings:$site identity)"
check 'it is another set than the shipped one' test "$one" != "$(identity --mappings mappings)"
mkdir -p "$work/last/rules"
cat >"$work/last/rules/79-last.json" <<'END'
{"rules": [{"id": "sip.607", "when": {"sip_code": 607},
  "then": {"category": "BLOCKED", "confidence": "certain"}, "why": "The last folder wins"}]}
END
exits 'three folders' 0 --mappings "$site" --mappings "$work/last" explain --hangup-cause NORMAL_UNSPECIFIED --disposition recv_refuse --sip-code 607
check 'the last one wins' grep -q '^  BLOCKED certain' "$work/out"

# --- faults are named with their folder -----------------------------------------------------
echo '{"rules": [{"id": "x", "when": {"sip_cod": 1}, "then": {"category": "BUSY", "confidence": "certain"}}]}' >"$site/rules/06-bad.json"
exits 'a fault refuses the whole' 4 --mappings "$site" rules lint
check 'and names folder, file, line and rule' grep -qF "$site/rules/06-bad.json:1: rules[0] (x): when.sip_cod: unknown field" "$work/err"
rm "$site/rules/06-bad.json"
echo '{"categories": [{"code": "BUSY"}]}' >"$work/last/categories.json"
exits 'half a category' 4 --mappings "$work/last" rules lint
check 'is named, too' grep -qF "$work/last/categories.json:1: categories[0] (BUSY)" "$work/err"

# --- a load decides by it, and the database knows its categories ----------------------------
rm -r "$work/last"
exits 'init' 0 init
exits 'load' 0 --mappings "$site" --tz Europe/Kyiv load tests/samples/csv/seed-grid.csv
equal 'the own category is there with its label' 'subscriber|Просив не дзвонити|t' \
  "$(sql "select outcome_group || '|' || label_uk || '|' || is_seizure from cdr.category where category = 'DO_NOT_CALL'" | sed 's/true$/t/')"
equal 'beside the shipped ones' t "$(sql "select count(*) > 15 from cdr.category")"

# --- who was given which numbers --------------------------------------------------------
known() { sql "select operator || ' ' || kind from cdr.number_prefix where prefix = '$1'"; }
exits 'the shipped ranges' 0 init
equal 'a mobile operator' 'Kyivstar mobile' "$(known +38067)"
equal 'an area' 'Almaty fixed' "$(known +7727)"
mkdir "$work/ranges"
ranges() { # RANGES-OF-UA
  echo '{"countries": [{"id": "ua", "name": "Ukraine", "code": "380", "ranges": ['"$1"']}]}' >"$work/ranges/prefixes.json"
}
ranges '{"operator": "Ours", "kind": "mobile", "starts": ["67", "671"]}'
exits 'ranges of our own' 0 --mappings "$work/ranges" init
equal 'stand in place of the country' 'Ours mobile|Ours mobile||Almaty fixed' "$(known +38067)|$(known +380671)|$(known +38050)|$(known +7727)"
exits 'and go again' 0 init
equal 'with nothing left of them' 'Kyivstar mobile|' "$(known +38067)|$(known +380671)"
while IFS='|' read -r fault range; do
  ranges "$range"
  exits "a range with $fault" 4 --mappings "$work/ranges" init
  exits "lint finds $fault" 4 --mappings "$work/ranges" rules lint
done <<'END'
a start twice|{"operator": "x", "kind": "mobile", "starts": ["67"]}, {"operator": "y", "kind": "fixed", "starts": ["67"]}
no start|{"operator": "x", "kind": "mobile", "starts": []}
letters|{"operator": "x", "kind": "mobile", "starts": ["6a"]}
too many digits|{"operator": "x", "kind": "mobile", "starts": ["671234567890"]}
no operator|{"kind": "mobile", "starts": ["67"]}
a kind that is none|{"operator": "x", "kind": "cell", "starts": ["67"]}
a key that is none|{"operator": "x", "kind": "mobile", "start": ["67"]}
a text for a range|"67"
END
finish
