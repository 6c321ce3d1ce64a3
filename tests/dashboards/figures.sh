#!/usr/bin/env bash
# What reports ask besides KPIs (employees, missed calls, load on trunks, callers, destinations,
# against before), each against plain SQL over calls whose truth is known; and who sees names.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
PGOPTIONS="$PGOPTIONS -c jit=off"

fresh_db
check 'the data is made' psql -Xq -v ON_ERROR_STOP=1 -f tests/dashboards/figures_data.sql
if ! psql -Xq -v ON_ERROR_STOP=1 -f tests/dashboards/figures.sql >"$work/out" 2>"$work/err"; then
  bad 'figures.sql runs to its end' "$(cat "$work/err")"
fi
checks=0
while IFS='|' read -r name expected _ got; do
  checks=$((checks + 1))
  equal "$name" "$expected" "$got"
done < <(awk -F '|' 'NF >= 3' "$work/out" | sed 's/^\([^|]*|[^|]*|\)|*/\1|/')
check 'all checks were made' test "$checks" -ge 50

# --- who sees names and numbers --------------------------------------------------------------
reader=figures_reader_$$ supervisor=figures_supervisor_$$
check 'the reader is made' psql -Xq -v ON_ERROR_STOP=1 -v reader="$reader" -f schema/dashboards/reader.sql
check 'the supervisor is made' psql -Xq -v ON_ERROR_STOP=1 -v reader="$supervisor" -f schema/dashboards/reader.sql
trap 'PGDATABASE=postgres sql "drop role if exists $reader, $supervisor, cdretl_supervisor"; rm -rf "$work"' EXIT
as() { PGUSER=$1 psql -XAtq -v ON_ERROR_STOP=1 -c "$2" 2>&1; }
period="'2025-10-25', '2025-10-27'"
names='Olha|Тарас|Max <b>|(^|[|])1007([|]|$)'
asked=("select agent from cdr.agent_between($period)" 'select agent from cdr.agent_day' 'select agent from cdr.call where agent is not null'
  'select agent from cdr.attempt' "select agent from cdr.missed_between($period) where agent is not null"
  "select agent from cdr.calls_shown($period)"
  "select (l).agent from (select cdr.legs_shown(call_key, $period) l from cdr.calls_shown('2025-10-26', '2025-10-26 02:00+00')) q")
loaders_alone='nodes know no owner of a view: readers have calls_shown() and legs_shown() there'
for query in "${asked[@]}"; do
  if [[ $query =~ cdr\.(call|attempt)($|\ ) ]]; then on_plain "names in: $query" "$loaders_alone" || continue; fi
  as "$reader" "$query" >"$work/seen"
  check "something is seen: $query" test -s "$work/seen"
  equal "no name is seen: $query" '' "$(grep -oE "$names" "$work/seen" | head -n 3)"
done
on_plain 'labels of cdr.call' "$loaders_alone" &&
  equal 'a label is the same everywhere' '' "$(comm -13 <(as "$reader" "${asked[0]}" | sort -u) <(as "$reader" "${asked[2]} and started_at >= '2025-10-25' and started_at < '2025-10-27'" | sort -u))"
equal 'a label a name' 4 "$(as "$reader" "select count(distinct agent) from cdr.agent_between($period)")"
equal 'no caller is seen' '' "$(as "$reader" "select caller from cdr.missed_between($period)" | grep -oE '^[0-9]{9,}$' | head -n 3)"
check 'masked callers are' grep -qF '****' <(as "$reader" "select caller from cdr.missed_between($period)")
check 'the loader sees names' grep -q Olha <(sql "set role cdretl_loader; select agent from cdr.agent_between($period)")
check 'and numbers' grep -qE '^[0-9]{9,}$' <(sql "set role cdretl_loader; select caller from cdr.missed_between($period)")
equal 'who acts as a reader sees none' '' "$(sql "set role $reader; select agent from cdr.agent_between($period)" | grep -E "$names")"
sql "create role cdretl_supervisor nologin; grant cdretl_supervisor to $supervisor"
check 'a supervisor sees names' grep -q Olha <(as "$supervisor" "select agent from cdr.agent_between($period)")
on_plain 'names in cdr.call' "$loaders_alone" &&
  check 'in every view' grep -q Olha <(as "$supervisor" 'select agent from cdr.call')
equal 'but no numbers' '' "$(as "$supervisor" "select caller from cdr.missed_between($period)" | grep -oE '^[0-9]{9,}$' | head -n 3)"
equal 'the other reader still sees no name' '' "$(as "$reader" "${asked[0]}" | grep -E "$names")"
for query in "select * from cdr.silent_numbers($period, 1)" "select * from cdr.secret"; do
  check "a reader may not: $query" grep -q 'permission denied' <(as "$reader" "$query")
  check "nor a supervisor: $query" grep -q 'permission denied' <(as "$supervisor" "$query")
done
finish
