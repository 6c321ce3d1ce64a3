#!/usr/bin/env bash
# land - the schema of this tree has landed: keep a database as its program writes it.
#
#   make && scripts/with-pg tests/upgrade/land.sh
#
# Writes tests/upgrade/NNN.sql.gz, NNN being the newest migration, and the sums of all
# migrations up to it into tests/upgrade/landed.  From then on nobody may edit them, and
# upgrade.sh upgrades that database.  Run it once for each version that somebody may have,
# with the program of that version (CDRETL), and commit both files.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
# shellcheck source=tests/upgrade/fill.bash
. tests/upgrade/fill.bash

die() {
  echo "land: $1" >&2
  exit 1
}

[ ! -s tests/upgrade/landed ] || sha256sum --quiet -c tests/upgrade/landed ||
  die 'a migration that has landed was edited; put it back and write a new one'
fresh_db
fill || die 'the program does not load the exports'
version=$(sql 'select max(version) from cdr.schema_version')
printf -v name '%03d' "$version"
[ -n "$(find schema/migrations -name "${name}_*.sql")" ] || die "there is no schema/migrations/${name}_*.sql"
[ ! -e "tests/upgrade/$name.sql.gz" ] || die "tests/upgrade/$name.sql.gz is there already"

# What newer clients write around a dump, older ones cannot read.
pg_dump --schema=cdr | grep -vE '^\\(un)?restrict ' |
  gzip -9n >"tests/upgrade/$name.sql.gz" || die 'pg_dump fails'
for migration in schema/migrations/*.sql; do
  number=${migration##*/}
  ((10#${number%%_*} > version)) || sha256sum "$migration"
done >"$work/landed"
mv "$work/landed" tests/upgrade/landed
drop_db "$PGDATABASE"
ls -l "tests/upgrade/$name.sql.gz"
