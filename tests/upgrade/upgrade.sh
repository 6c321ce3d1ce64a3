#!/usr/bin/env bash
# Every schema that anybody may have is brought up to this program's, with its data in it.
#
# NNN.sql.gz is a database as the program of that version left it (land.sh makes one),
# `landed` the sums of the migrations that made it: they are never edited.  On Citus what is
# brought up is distributed in the same run.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
# shellcheck source=tests/upgrade/fill.bash
. tests/upgrade/fill.bash
stored=(leg leg_version call attempt stat_hour run file reject outcome_change ruleset provider)

# The columns that the tables have now, so that later ones do not matter.  Not those that a
# later rule of calls gives another value: which trunk a call that an employee took came by.
remember() {
  local table
  : >"$work/columns"
  for table in "${stored[@]}"; do
    echo "$table $(sql "select string_agg(quote_ident(attname), ',' order by attnum) from pg_attribute
      where attrelid = 'cdr.$table'::regclass and attnum > 0 and not attisdropped
        and not ('$table' = 'call' and attname in ('gateway', 'provider'))")" >>"$work/columns"
  done
}

data() {
  local table columns
  while read -r table columns; do
    echo "$table $(sql "select count(*) || ' ' || md5(string_agg(t::text, E'\n' order by t::text))
      from (select $columns from cdr.$table) t")"
  done <"$work/columns"
}

# Rows of the statistics that counting does not give, and of the counting that are not there.
wrong() {
  sql "with built as (select * from cdr.hours_between('1990-01-01Z', '2100-01-01Z')),
    unit as (
      select 'call' as unit, started_at, category, gateway, answered, bill_seconds from cdr.call
      union all select 'attempt', started_at, category, gateway, answered, bill_seconds from cdr.attempt),
    counted as (
      select unit, date_trunc('hour', started_at, 'UTC') as hour, category, gateway, count(*) as n,
        coalesce(sum(bill_seconds) filter (where answered), 0) as bill from unit group by 1, 2, 3, 4),
    stat as (select unit, hour, category, gateway, sum(n) as n, sum(bill_seconds) as bill
      from cdr.stat_hour group by 1, 2, 3, 4)
    select (select count(*) from (select * from cdr.stat_hour except all table built) a)
      + (select count(*) from (table built except all select * from cdr.stat_hour) b)
      + (select count(*) from (table stat except table counted) c)
      + (select count(*) from (table counted except table stat) d)"
}

# What was loaded, without who loaded it when.
state() {
  sql "select 'leg', count(*), md5(string_agg(j::text, E'\n' order by j::text)) from
      (select to_jsonb(l) - 'run_id' - 'file_id' - 'ruleset_id' as j from cdr.leg l) t
    union all
    select 'call', count(*), md5(string_agg(c::text, E'\n' order by c::text)) from cdr.call c
    union all
    select 'stat_hour', count(*), md5(string_agg(s::text, E'\n' order by s::text)) from cdr.stat_hour s
    union all
    select 'category', count(*), md5(string_agg(c::text, E'\n' order by c::text)) from cdr.category c"
}

restore() {
  empty_db
  sql "do \$\$ declare wanted text; begin
    foreach wanted in array array['cdretl_owner', 'cdretl_loader', 'cdretl_dashboard'] loop
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
    end loop; end \$\$"
  gzip -dc "$1" | psql -Xq -v ON_ERROR_STOP=1 >"$work/restored" 2>&1
}

# A fresh database with the months that this one has, and its key: that names legs without id.
fresh_like() {
  local months key
  key=$(PGDATABASE=$1 sql "select encode(key, 'hex') from cdr.secret where purpose = 'leg_name'")
  months=$(PGDATABASE=$1 sql "select string_agg(substr(relname, 5) || '01', ' ') from pg_class
    where relkind = 'r' and relname ~ '^leg_[0-9]{6}\$'")
  fresh_db
  for month in $months; do sql "select cdr.add_month('$month')" >/dev/null; done
  sql "update cdr.secret set key = decode('$key', 'hex') where purpose = 'leg_name'"
}

# What is due, a file $work/due/NNN a migration and one for functions and views, as a
# careful administrator would apply them.
due() {
  rm -rf "$work/due"
  mkdir "$work/due"
  "$CDRETL" init --dry-run | awk -v dir="$work/due" '
    /^-- [0-9][0-9][0-9]_/ { out = dir "/" substr($2, 1, 3) } /^-- functions and views$/ { out = dir "/views" }
    { print >out }'
}

# The exports in other bytes than those that the ledger knows.
load_copies() {
  local name=$1 lines=$2 copies=$work/copies file
  rm -rf "$copies"
  mkdir "$copies"
  for file in "$exports"/[1-7]*; do
    { cat "$file" && printf '%b' "$lines"; } >"$copies/${file##*/}"
  done
  exits "$name" 0 --json --tz Europe/Kyiv load "$copies"
}

loads_again() {
  local name=$1
  exits "$name: its exports again" 3 --json --tz Europe/Kyiv load "$exports"
  equal "$name: they are known" '["already_loaded","refused"]' "$(jq -c '[.files[].verdict] | unique' "$work/out")"
  # This program may put more together from the same exports than that one did; but once.
  load_copies "$name: other exports of the same calls" '\n'
  equal "$name: they bring no leg" 0 "$(jq '[.files[].inserted] | add' "$work/out")"
  load_copies "$name: and others" '\n\n'
  equal "$name: tell nothing new" '[0,0,true]' "$(jq -c '[([.files[].inserted] | add), ([.files[].updated] | add),
    ([.files[].unchanged] | add) > 0]' "$work/out")"
}

upgraded() {
  local name=$1 before=$2 own=$PGDATABASE have
  equal "$name: the newest version" "$newest" "$(version)"
  equal "$name: its data are what they were" "$before" "$(data)"
  # Hours that another rule counted are told of, and counted anew by what is told.
  cdretl doctor
  equal "$name: the doctor knows which hours another rule counted" \
    "$(sql "select count(distinct hour) || ' hours' from cdr.stat_hour where basis is distinct from cdr.stat_basis()")" \
    "$(grep -oE 'basis +[0-9]+ hours' "$work/out" | grep -oE '[0-9]+ hours' || echo '0 hours')"
  mapfile -t remedy < <(grep -oE 'recount --from [0-9-]+ --to [0-9-]+ --repair' "$work/out" | tail -n 1 | tr ' ' '\n')
  [ "${#remedy[@]}" = 0 ] || exits "$name: they are counted anew" 0 "${remedy[@]}"
  equal "$name: the statistics are the GROUP BY" 0 "$(wrong)"
  exits "$name: its rule sets" 0 --json rules history
  equal "$name: of which no files are known say so" \
    "$(sql "select count(*) from cdr.ruleset where ruleset_id not in (select ruleset_id from cdr.ruleset_file)")" \
    "$(jq '[.sets[] | select(.files == null)] | length' "$work/out")"
  have=$(catalogs)
  fresh_like "$own"
  equal "$name: the schema is a fresh one" "$(catalogs)" "$have"
  fill || bad "$name: a fresh database is filled"
  state >"$work/fresh.state"
  PGDATABASE=$own
}

# Each migration alone, with the data in; and init from each place between.
steps() {
  local name=$1 fixture=$2 before step own
  restore "$fixture"
  before=$(data)
  own=$PGDATABASE
  due
  for step in "$work"/due/*; do
    [ -e "$step" ] || continue
    check "$name: step ${step##*/}" psql -XAtq -v ON_ERROR_STOP=1 -f "$step"
    equal "$name: step ${step##*/} keeps the data" "$before" "$(data)"
    empty_db "$own"
    exits "$name: init from ${step##*/}" 0 init
    equal "$name: init from ${step##*/}: the data" "$before" "$(data)"
    PGDATABASE=$own
  done
}

equal 'the migrations that have landed are as they landed; mend them by a new one' '' \
  "$(sha256sum --quiet -c tests/upgrade/landed 2>&1)"

fresh_db
newest=$(version)
for fixture in tests/upgrade/[0-9]*.sql.gz; do
  name=$(basename "$fixture" .sql.gz)
  restore "$fixture" || bad "$name: it is restored" "$(cat "$work/restored")"
  equal "$name: it is that version" "$((10#$name))" "$(version)"
  remember
  check "$name: it has data" test "$(sql 'select count(*) from cdr.leg_version')" -gt 0
  before=$(data)
  if [ "$((10#$name))" -lt "$newest" ]; then
    exits "$name: load asks for init" 5 --tz Europe/Kyiv load tests/samples/csv/m6-2026-01.csv
    says "$name: load asks for init" 'run cdretl init'
  fi
  exits "$name: init" 0 init ${citus:+--citus}
  upgraded "$name" "$before"
  exits "$name: init again" 0 init
  equal "$name: has nothing to do" '' "$(cat "$work/out")"
  loads_again "$name"
  check "$name: recompute" recompute_all recompute
  equal "$name: a second one changes nothing" 0 "$(recompute_all recompute | jq -s 'map(.changed) | add')"
  equal "$name: it is what a fresh load gives" "$(cat "$work/fresh.state")" "$(state)"
  exits "$name: new calls" 0 --json --tz Europe/Kyiv load tests/samples/csv/m6-2026-01.csv
  check "$name: they are there" jq -e '.files[0].inserted > 0' "$work/out"
  equal "$name: and counted" 0 "$(wrong)"
  on_plain "$name: steps" 'no database there is a copy of another' && steps "$name" "$fixture"
done
finish
