# fill.bash - data for a schema that has landed, as a user's weeks would leave it: exports that
# overlap and know more and less, nameless legs, orphans whose parent comes later, rejects, a
# mended record, a file that is refused, a recomputation by other rules and one back.
# Sourced after tests/cli/lib.bash; the program is $CDRETL, the database that of PGDATABASE.
# The exports stand in exports.txt, each behind a line "--- file NAME".
# shellcheck shell=bash
exports=$work/exports
mkdir "$exports"
awk -v dir="$exports" '/^--- file / { file = dir "/" $3; next } { print >file }' tests/upgrade/exports.txt

# Decide every day that has legs again, with the options given, and print the documents.
recompute_all() {
  local day
  for day in $(sql "select distinct (started_at at time zone 'UTC')::date from cdr.leg"); do
    "$CDRETL" -q --json "$@" --from "$day" --to "$(date -u -d "$day + 1 day" +%F)" || return
  done
}

# One by one: each is a file of the ledger, and their order is that of their names.
fill_load() {
  local file
  for file in "$exports"/*; do
    "$CDRETL" -q --tz Europe/Kyiv load "$file" >/dev/null 2>&1
    case $? in 0 | 1 | 3) ;; *) return 1 ;; esac
  done
}

fill_rejects() {
  local file
  file=$(sql "select file_id from cdr.file where name like '%/8-odd.csv'")
  "$CDRETL" -q --tz Europe/Kyiv rejects export --file "$file" --code bad_number >"$work/mend.csv" &&
    sed -i 's/;abc;/;00:00:07;/; s/;12:xx:07;/;00:01:15;/' "$work/mend.csv" &&
    "$CDRETL" -q --tz Europe/Kyiv rejects replay --file "$file" --code bad_number "$work/mend.csv" >/dev/null
}

# Everything that is busy was refused, says the first rule; and then it was not.
fill_recompute() {
  rm -rf "$work/other"
  cp -r mappings "$work/other" || return
  jq '.rules = [{id: "upgrade.other", when: {hangup_cause: "USER_BUSY", duration: {min: 3}}, why: "an upgrade test",
    then: {category: "REJECTED", confidence: "certain"}}] + .rules' \
    mappings/rules/10-housekeeping.json >"$work/other/rules/10-housekeeping.json"
  recompute_all --mappings "$work/other" recompute --untested-rules >/dev/null &&
    recompute_all recompute >/dev/null
}

fill() { fill_load && fill_rejects && fill_recompute; }

version() { sql 'select max(version) from cdr.schema_version'; }

# What the catalogs say: columns, types, constraints, indexes, views, functions, comments, grants.
catalogs() {
  pg_dump --schema=cdr --schema-only | grep -vE '^\\(un)?restrict |^-- (Dumped|Started|Completed)'
  sql 'table cdr.setting' | sort
  sql 'table cdr.kpi_definition' | sort
}
