#!/usr/bin/env bash
# What mappings/README.md tells the owner of the mappings, from its own blocks: over an installed
# set, and over a newer one that takes its place.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
root=$work/stage/opt/cdretl
mkdir -p "$root/bin" "$root/share/cdretl"
cp "$CDRETL" "$root/bin/cdretl"
cp -r mappings "$root/share/cdretl/mappings"
built=$CDRETL CDRETL=$root/bin/cdretl
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

# --- a carrier as a pack, step by step, and what is wrong with one --------------------------
CDRETL=$built
mine=$work/packs
pack=$mine/carriers/kolo
"$CDRETL" rules new "$mine" >/dev/null
mkdir -p "$pack"

page_blocks mappings/README.md "$work/page"
block() { cp "$work/page/carriers/kolo/$1" "$pack/$1"; }

block provider.json
block kolo.csv
check 'README has the provider' test -s "$pack/provider.json"
check 'README has the cases' test -s "$pack/kolo.csv"

exits 'the cases fail without rules' 4 --mappings "$mine" rules test
check 'and say what was decided instead' grep -q 'kolo.csv:3: K2: expected REJECTED .*, got BUSY probable' "$work/out"
exits 'such a set must not decide' 4 --mappings "$mine" --tz Europe/Kyiv check tests/samples/csv/seed-grid.csv

block 65-kolo.json
exits 'lint finds nothing' 0 --mappings "$mine" rules lint
exits 'the cases pass' 0 --mappings "$mine" rules test
check 'all of them' grep -q 'carriers/kolo/kolo.csv: 3 of 3 passed$' "$work/out"
exits 'the set decides' 0 --mappings "$mine" --tz Europe/Kyiv check tests/samples/csv/seed-grid.csv

# Its table stands among the others by its file's name: here behind 64-*.
exits 'explain' 0 --mappings "$mine" explain --gateway kolo-1 --hangup-cause USER_BUSY \
  --disposition recv_refuse --sip-code 486
equal 'order of the tables' $'rules/64-phrases.json\ncarriers/kolo/65-kolo.json' \
  "$(grep -oE '(rules|carriers)/.*\.json' "$work/out" | tail -n 2)"
check 'its rule decides' grep -q 'kolo.declined' "$work/out"

# A fault names the pack's file.
sed -i 's/"kolo.declined"/"kolo.no_answer"/' "$pack/65-kolo.json"
exits 'a duplicate id is a fault' 4 --mappings "$mine" rules lint
says 'and is found' 'carriers/kolo/65-kolo\.json:[0-9]+: .*kolo\.no_answer'

# One provider id, two files of one folder; of two folders the later one would win.
block 65-kolo.json
mkdir -p "$mine/carriers/other"
cp "$pack/provider.json" "$mine/carriers/other/provider.json"
exits 'a provider twice is a fault' 4 --mappings "$mine" rules lint
says 'in the pack' 'carriers/other/provider\.json:.*declared already, in .*carriers/kolo/provider'

# --- captions of a site's own beside the shipped profiles -----------------------------------
mine=$work/captions
cp -r mappings "$mine"

cat >"$work/grid.csv" <<'EOF'
№;Початок;Напрямок;Хто;Кому;Чому;Коментар
1;04.11.2020, 08:47:40;Вихідний;1000;0636159079;CALL_REJECTED;передзвонити
EOF

exits 'unknown captions' 3 --tz Europe/Kyiv check "$work/grid.csv"
says 'and what to do about them' 'add its captions to a file in mappings/fields'

cp "$work/page/fields/our-grid.json" "$mine/fields/our-grid.json"
check 'README has the file' test -s "$mine/fields/our-grid.json"
exits 'with a file of its own' 0 --mappings "$mine" --tz Europe/Kyiv check --rows ndjson "$work/grid.csv"
equal 'the row is understood' \
  '2020-11-04T06:47:40.000Z outbound 1000 0636159079 CALL_REJECTED {"Коментар":"передзвонити"}' \
  "$(jq -r '[.started_at, .direction, .caller, .destination, .hangup_cause, (.extra | tostring)] | join(" ")' "$work/out")"
exits 'the shipped captions too' 0 --mappings "$mine" --tz Europe/Kyiv check tests/samples/csv/seed-grid.csv
for file in mappings/fields/*.json; do
  check "$file is untouched" cmp "$file" "$mine/fields/$(basename "$file")"
done

# A name that stands for something already.
sed -i 's/"Хто"/"Duration"/' "$mine/fields/our-grid.json"
exits 'a caption twice' 4 --mappings "$mine" --tz Europe/Kyiv check "$work/grid.csv"
says 'file and field' 'our-grid\.json:6: fields\.caller: "Duration" is named twice'
finish
