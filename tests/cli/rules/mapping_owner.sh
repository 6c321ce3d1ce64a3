#!/usr/bin/env bash
# What mappings/README.md tells the owner of the mappings, from its own blocks: over an installed
# set, and over a newer one that takes its place.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
root=$work/stage/opt/cdretl
mkdir -p "$root/bin" "$root/share/cdretl"
cp "$CDRETL" "$root/bin/cdretl"
cp -r mappings "$root/share/cdretl/mappings"
CDRETL=$root/bin/cdretl
site=$work/my-mappings
sample=$PWD/tests/samples/csv/seed-grid.tsv

exits 'a folder of the site' 0 rules new "$site"
check 'is made' test -d "$site/carriers"
page_blocks mappings/README.md "$site"
for file in carriers/kolo/provider.json carriers/kolo/kolo.csv carriers/kolo/65-kolo.json fields/our-grid.json \
  categories.json announcements.json rules/05-exceptions.json cases/exceptions.csv; do
  check "README has $file" test -s "$site/$file"
done
sums() { (cd "$site" && find . -type f -exec sha256sum {} + | sort); }
before=$(sums)

# Everything that README promises of the folder.
holds() {
  local name=$1
  exits "$name: lint finds nothing" 0 --mappings "$site" rules lint
  exits "$name: every case passes" 0 --mappings "$site" rules test
  check "$name: the carrier's" grep -q 'carriers/kolo/kolo.csv: 3 of 3 passed$' "$work/out"
  check "$name: the site's" grep -q 'cases/exceptions.csv: 2 of 2 passed$' "$work/out"
  exits "$name: the exception" 0 --mappings "$site" explain --hangup-cause NORMAL_UNSPECIFIED --disposition recv_refuse --sip-code 602
  check "$name: has its own category" grep -q '^  DO_NOT_CALL certain' "$work/out"
  exits "$name: the carrier" 0 --mappings "$site" explain --gateway kolo-1 --hangup-cause CALL_REJECTED --disposition recv_refuse --sip-code 603
  check "$name: is recognised" grep -q 'kolo.engaged' "$work/out"
  exits "$name: the announcement" 0 --mappings "$site" explain --hangup-cause NO_USER_RESPONSE --disposition recv_refuse \
    --sip-code 480 --announcement 'number has moved'
  check "$name: speaks" grep -q '^  INVALID_NUMBER probable' "$work/out"
  sed '1s/Call start time/Початок/; 1s/Hangup cause/Чому/' "$sample" >"$work/grid.tsv"
  exits "$name: captions of the site" 0 --mappings "$site" --tz Europe/Kyiv check "$work/grid.tsv"
  exits "$name: rules list" 0 --mappings "$site" rules list
  check "$name: says where the exception is from" grep -qF "$site/rules/05-exceptions.json" "$work/out"
}
holds 'as installed'

# --- a newer package: a table more, other labels, a rule less -------------------------------
shipped=$root/share/cdretl/mappings
rm -rf "$shipped"
cp -r mappings "$shipped"
jq '(.categories[] | select(.code == "BUSY")).label.en = "Engaged"' mappings/categories.json >"$shipped/categories.json"
jq -n '{rules: [{id: "newer.rule", when: {release: "remote_refusal", sip_code: 693},
  then: {category: "BUSY", confidence: "certain"}, why: "a newer version knows it"}]}' >"$shipped/rules/69-newer.json"
holds 'after an upgrade'
equal 'its files are untouched' "$before" "$(sums)"
exits 'explain' 0 --mappings "$site" explain --hangup-cause NORMAL_UNSPECIFIED --disposition recv_refuse --sip-code 693
check 'what is newer decides too' grep -q 'newer.rule' "$work/out"
finish
