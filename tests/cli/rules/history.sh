#!/usr/bin/env bash
# What a rule set was stays with what it decided: shown, compared, used again, written back.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
seed=tests/samples/csv/seed-grid.tsv
fresh_db

# --- a set of one folder, used by a load ----------------------------------------------------
exits 'nothing has been used yet' 0 rules history
check 'and it is said' grep -q 'no run has used a rule set yet' "$work/out"
exits 'load' 0 --tz Europe/Kyiv --mappings mappings load --note "as 'shipped'" "$seed"
exits 'once more' 0 --tz Europe/Kyiv --mappings mappings load --note 'another reason' "$seed"
exits 'history' 0 --json rules history
equal 'one set, its reason is the first, who and how often' \
  "1|as 'shipped'|$(sql 'select session_user')|2|1" \
  "$(jq -r '.sets[] | [.ruleset_id, .note, .recorded_by, .runs, .folders] | join("|")' "$work/out")"
# What it needs, counted by find: not the schemas for editors, not README.
needed() {
  (cd "$1" && find . -type f \( -path './*/*.json' -o -path './*/*.csv' -o -path './carriers/*/*' -o \
    -name 'categories.json' -o -name 'causes.json' -o -name 'announcements.json' -o -name 'providers.json' \
    -o -name 'numbers.json' -o -name 'prefixes.json' \) -not -path './schema/*' | sort)
}
equal 'every file of it, and no other' "$(needed mappings | wc -l)" "$(jq '.sets[0].files' "$work/out")"
equal 'and every byte' "$(needed mappings | sed 's|^\.|mappings|' | xargs cat | wc -c)" "$(jq '.sets[0].bytes' "$work/out")"
exits 'restore' 0 rules restore 1 "$work/one"
check 'byte for byte' diff -r -x README.md -x schema mappings "$work/one"
exits 'the restored set decides' 0 --mappings "$work/one" --tz Europe/Kyiv check "$seed"
exits 'and its cases pass' 0 --mappings "$work/one" rules test

# --- a set of two folders, used by a recomputation ------------------------------------------
site=$work/site
"$CDRETL" rules new "$site" >/dev/null
jq -n '{rules: [{id: "site.486", when: {release: "remote_refusal", sip_code: 486, provider: "vega"},
  then: {category: "BUSY", confidence: "certain"}, why: "it is busy today"}]}' >"$site/rules/05-site.json"
period=(--from 2020-01-01 --to 2021-01-01)
exits 'recompute' 0 --mappings mappings --mappings "$site" recompute --untested-rules --note 'Vega has mended its 486' "${period[@]}"
exits 'history' 0 rules history
check 'the second set, with its reason' grep -qE '^ *2 .*Vega has mended its 486$' "$work/out"
equal 'only what differs is stored again' 0 \
  "$(sql "select count(*) from cdr.ruleset_text t where (select count(*) from cdr.ruleset_file f
    where f.digest = t.digest and f.ruleset_id = 1 and f.folder = 1) > 1")"
exits 'restore' 0 rules restore 2 "$work/two"
check 'the shipped folder' diff -r -x README.md -x schema mappings "$work/two/1"
check "the site's, byte for byte" diff -r <(cd "$site" && find . -type f -exec sha256sum {} + | sort) \
  <(cd "$work/two/2" && find . -type f -exec sha256sum {} + | sort)
exits 'the digest is the same' 4 --mappings "$work/two/1" --mappings "$work/two/2" --json rules lint
equal 'as the database says' "$(sql 'select identity from cdr.ruleset where ruleset_id = 2')" "$(jq -r .ruleset_id "$work/out")"

# --- stored sets where a folder is named ----------------------------------------------------
exits 'diff of two stored sets over what is stored' 0 --mappings @1 rules diff @2 "${period[@]}"
check 'names the rule' grep -q '^+ *site.486' "$work/out"
check 'and the leg' grep -q '^1 of [0-9]* legs would be decided otherwise' "$work/out"
identity=$(sql 'select identity from cdr.ruleset where ruleset_id = 1')
exits 'by the beginning of its identity' 0 --mappings "@${identity:0:12}" rules diff @2
check 'it is the same' grep -q '^+ *site.486' "$work/out"
exits 'recompute by the first again' 0 --mappings @1 recompute "${period[@]}"
equal 'its legs name it' 1 "$(sql 'select distinct ruleset_id from cdr.leg')"
equal 'no set is new' 2 "$(sql 'select count(*) from cdr.ruleset')"
exits 'a site over a stored set' 0 --mappings "@1:$site" rules list
check 'both are there' grep -q site.486 "$work/out"
exits 'explain by a stored set' 0 --mappings @2 explain --provider vega --hangup-cause USER_BUSY --disposition recv_refuse --sip-code 486
check 'its rule decides' grep -q 'site.486' "$work/out"
check 'nothing lies about' test -z "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'cdretl-*' -newer "$work/one" -user "$(id -u)" -type d 2>/dev/null)"

# --- what cannot be -------------------------------------------------------------------------
exits 'no such set' 2 --mappings @77 rules list
says 'and where they are shown' 'rules history'
exits 'no name of a set' 2 rules restore '1; drop' "$work/none"
says 'it is told what one is' 'no rule set'
exits 'a folder with something in it' 2 rules restore 1 "$site"
says 'is left alone' 'new folder'
check 'as it was' grep -q site.486 "$site/rules/05-site.json"
equal 'nothing lies beside it' '' "$(find "$work" -maxdepth 1 -name 'site.*')"
mkdir "$work/empty"
exits 'an empty one will do' 0 rules restore 1 "$work/empty"
check 'it is filled' test -s "$work/empty/causes.json"
exits 'one argument is missing' 2 rules restore 1

# A set that a version recorded which kept no files.
sql "insert into cdr.ruleset (identity, recorded_by) values (repeat('ab', 32), null)"
exits 'history' 0 rules history
check 'says so' grep -qE '^ *[0-9]+ +abababababab .*not kept' "$work/out"
exits 'it cannot be restored' 2 rules restore abababab "$work/none"
says 'and why' 'files were not kept'
exits 'nor used' 2 --mappings @abababab rules list
sql 'delete from cdr.ruleset_file where ruleset_id = 1'
exits 'a run with the set' 0 --mappings mappings recompute "${period[@]}"
check 'keeps its files from then on' test "$(sql 'select count(*) from cdr.ruleset_file where ruleset_id = 1')" -gt 30

# --- a stored name that leaves the folder ---------------------------------------------------
for name in ../out.json rules/../../out.json /etc/out.json rules//x.json ./x.json rules/. .. "" $'a\nb.json' 'a\b.json'; do
  sql "delete from cdr.ruleset_file where ruleset_id = 2 and digest in (select digest from cdr.ruleset_text where bytes = 4)"
  sql "insert into cdr.ruleset_text values (sha256('evil'), 4, 'evil') on conflict do nothing"
  psql -XAtq -v n="$name" <<<"insert into cdr.ruleset_file values (2, 1, :'n', sha256('evil'))"
  exits "'$name' is refused" 5 rules restore 2 "$work/hostile"
  check 'and nothing is written' test ! -e "$work/hostile" -a ! -e "$work/out.json" -a ! -e /etc/out.json
  exits "'$name' is not used" 5 --mappings @2 rules list
done
sql "delete from cdr.ruleset_file where digest = sha256('evil')"
sql "insert into cdr.ruleset_file values (2, 9, 'x.json', sha256('evil'))"
exits 'a folder too many' 5 rules restore 2 "$work/hostile"
sql "delete from cdr.ruleset_file where digest = sha256('evil')"
# A file that is another by now: the set is no longer what it was.
sql "update cdr.ruleset_file set digest = (select digest from cdr.ruleset_file where ruleset_id = 1 and name = 'rules/10-housekeeping.json')
  where ruleset_id = 2 and name = 'rules/05-exceptions.json'"
exits 'another text' 5 rules restore 2 "$work/other"
says 'is told' 'does not keep what was loaded|twice|declared'

# --- who may what ---------------------------------------------------------------------------
role="reader_$$"
sql "create role $role login in role cdretl_dashboard"
as_reader() { PGOPTIONS="-c role=$role -c client_min_messages=warning" "$@"; }
check 'a reader sees the sets' as_reader sql 'select recorded_by, note from cdr.ruleset'
check 'and their rules' as_reader sql "select 1 / count(*) from cdr.ruleset_shown where content like '%vega.declined%'"
equal 'with numbers masked' 0 "$(as_reader sql "select count(*) from cdr.ruleset_shown where content like '%380322327757%'")"
check 'not the texts themselves' bash -c "! PGOPTIONS='-c role=$role' psql -XAtqc 'select content from cdr.ruleset_text' 2>/dev/null"
for table in ruleset ruleset_file ruleset_text; do
  check "and changes nothing in $table" bash -c "! PGOPTIONS='-c role=$role' psql -XAtqc 'delete from cdr.$table' 2>/dev/null"
done
PGOPTIONS="-c role=$role" exits 'rules history as a reader' 0 rules history
PGOPTIONS="-c role=$role" exits 'rules restore as a reader' 5 rules restore 1 "$work/reader"
sql "drop role $role"

# --- bounded --------------------------------------------------------------------------------
cp -r mappings "$work/large"
for i in 1 2; do { head -n 1 mappings/cases/core.csv; printf '%9000000s\n' '' | tr ' ' ,; } >"$work/large/cases/large-$i.csv"; done
jq '.about = "another set"' mappings/rules/99-default.json >"$work/large/rules/99-default.json"
exits 'a set of 18 MB' 0 --mappings "$work/large" recompute --untested-rules "${period[@]}"
check 'is recorded without its files' grep -q 'without its files: its files are over 16 MiB' "$work/err"
finish
