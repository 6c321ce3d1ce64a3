#!/usr/bin/env bash
# A carrier as a pack: a folder of its own, as README's "Teach it your carrier" makes it.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
mine=$work/mappings
pack=$mine/carriers/kolo
"$CDRETL" rules new "$mine" >/dev/null
mkdir -p "$pack"

# README is the test's text: its blocks are the pack.
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
finish
