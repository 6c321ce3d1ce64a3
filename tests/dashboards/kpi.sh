#!/usr/bin/env bash
# Each KPI and signal against plain SQL over the legs (kpi.sql), and what a reader of
# dashboards may and may not see.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
PGOPTIONS="$PGOPTIONS -c jit=off" # as schema/dashboards/reader.sql sets it

fresh_db
check 'the data is made' psql -Xq -v ON_ERROR_STOP=1 -f tests/dashboards/kpi_data.sql
if ! psql -Xq -v ON_ERROR_STOP=1 -f tests/dashboards/kpi.sql >"$work/out" 2>"$work/err"; then
  bad 'kpi.sql runs to its end' "$(cat "$work/err")"
fi
checks=0
while IFS='|' read -r name expected _ got; do
  checks=$((checks + 1))
  equal "$name" "$expected" "$got"
done < <(grep '|' "$work/out")
check 'all checks were made' test "$checks" -gt 120

loaders_alone='nodes know no owner of a view: readers have calls_shown() and legs_shown() there'
reader=kpi_reader_$$
check 'the reader is made' psql -Xq -v ON_ERROR_STOP=1 -v reader="$reader" -f schema/dashboards/reader.sql
check 'the reader is made once' psql -Xq -v ON_ERROR_STOP=1 -v reader="$reader" -f schema/dashboards/reader.sql
trap 'PGDATABASE=postgres sql "drop role if exists $reader"; rm -rf "$work"' EXIT
as_reader() { PGUSER=$reader psql -XAtq -v ON_ERROR_STOP=1 -c "$1" 2>&1; }

refused() { # NAME SQL
  local said
  said=$(as_reader "$2")
  if grep -qE 'permission denied|read-only transaction' <<<"$said"; then good; else bad "$1" "not refused: $said"; fi
}

while IFS= read -r view; do
  if [[ $view =~ ^cdr\.(call|attempt)$ ]]; then on_plain "the reader reads $view" "$loaders_alone" || continue; fi
  check "the reader reads $view" as_reader "select * from $view limit 1"
done < <(sql "select oid::regclass::text from pg_class where relnamespace = 'cdr'::regnamespace and relkind = 'v'
  union all select 'cdr.' || t from unnest(array['category', 'provider', 'setting', 'kpi_definition', 'ruleset', 'schema_version',
    'stat_hour', 'run', 'outcome_change']) t")
while IFS= read -r table; do
  refused "the reader does not read $table" "select * from $table limit 1"
done < <(sql "select oid::regclass from pg_class where relnamespace = 'cdr'::regnamespace and relkind in ('r', 'p')
  and (relname ~ '^leg' or relname ~ '^reject')")
refused 'the reader does not read the names of files' 'select name from cdr.file'
refused 'the reader does not call calls_between' "select * from cdr.calls_between('2025-10-01', '2025-11-01')"
refused 'the reader does not call attempts_between' "select * from cdr.attempts_between('2025-10-01', '2025-11-01')"
refused 'the reader writes no setting' "update cdr.setting set value = 'UTC'"
refused 'the reader writes no statistics' 'delete from cdr.stat_hour'
refused 'the reader becomes no loader' 'set role cdretl_loader'
refused 'the reader writes no statistics, whatever the session says' \
  'set session characteristics as transaction read write; begin read write; delete from cdr.stat_hour; commit'

# Whole numbers of people are nowhere in what the reader can get.
clear='380441234567|38067765432[0-9]|380501112233|3805012345[0-9][0-9]'
for query in 'select * from cdr.call' 'select * from cdr.attempt' \
  "select * from cdr.calls_shown('2025-10-26', '2025-10-27')" \
  "select (l).* from (select cdr.legs_shown(call_key, '2025-10-26', '2025-10-27') l
     from cdr.calls_shown('2025-10-26', '2025-10-26 03:00+00')) q" 'select * from cdr.file_shown' 'select * from cdr.run'; do
  if [[ $query =~ cdr\.(call|attempt)$ ]]; then on_plain "numbers in: $query" "$loaders_alone" || continue; fi
  as_reader "$query" >"$work/seen"
  check "something is seen: $query" test -s "$work/seen"
  equal "no number is seen: $query" '' "$(grep -oE "$clear" "$work/seen" | head -n 3)"
done
check 'masked numbers are seen' grep -q '380441\*\*\*\*67' <(as_reader "select caller from cdr.calls_shown('2025-01-01', '2026-01-01')")
if on_plain 'a search by whole number' "$loaders_alone"; then
  as_reader "select * from cdr.call where caller = '380441234567'" >"$work/seen"
  equal 'no search by whole number' '' "$(cat "$work/seen")"
fi
on_plain 'what the loader sees' 'a role that is set, and may not log in, reaches no node' &&
  check 'the loader sees numbers' grep -qx 380441234567 <(sql 'set role cdretl_loader; select caller from cdr.call')
finish
