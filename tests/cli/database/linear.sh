#!/usr/bin/env bash
# How many rows of the legs a command goes through, when the planner knows the legs and not
# the command's own working tables: a few times all of them, and never each for each.
# shellcheck disable=SC2317 # called by await
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
not_on_citus 'rows that are read are counted on each node, and its sessions stay'

# The counters of a session come when it is over.
alone() { [ "$(sql 'select count(*) from pg_stat_activity where datname = current_database()')" = 1 ]; }
reads() {
  await alone
  sql "select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) from pg_stat_user_tables
       where schemaname = 'cdr' and (relname ~ '^leg' or relname = 'stat_hour')"
}

# goes NAME TIMES ARGUMENT...: the command reads at most TIMES the legs that there are.
goes() {
  local name=$1 times=$2 before after legs
  shift 2
  sql 'analyze' >/dev/null
  legs=$(sql 'select count(*) from cdr.leg')
  before=$(reads)
  exits "$name" 0 "$@"
  after=$(reads)
  check "$name: reads $((after - before)) rows of $legs legs" test $((after - before)) -le $((times * legs))
}

# Ten thousand legs, every 25 s, the newest first as the history page has them,
# from a month's last hour on.
export=$work/export.csv
awk 'BEGIN {
  print "id;created_at;direction;from;to;gateway;duration;bill_sec;cause"
  for (i = 9999; i >= 0; i--)
    printf "%08x-0000-4000-8000-%012d;%.0f;outbound;380322000001;38067%07d;Dnipro-SIP;30;0;NO_ANSWER\n",
      i * 40503 % 1000003, i, 1782612000000 + i * 25000, i * 7919 % 1000000
}' >"$export"

fresh_db
exits 'an export' 0 load "$export"
goes 'it is taken back' 40 unload "$export"
exits 'it comes again' 0 load "$export"
sed '2,$s/NO_ANSWER/USER_BUSY/' "$export" >"$work/other.csv"
sed '2,$s/-0000-4000-/-0001-4000-/' "$export" >"$work/more.csv"
goes 'an export that has all of them otherwise' 40 load "$work/other.csv"
goes 'other legs of the same days' 40 load "$work/more.csv"
goes 'a recomputation' 40 recompute --from 2026-06-27 --to 2026-07-02
goes 'a recount' 40 recount --from 2026-06-27 --to 2026-07-02
sql "select distinct destination from cdr.leg where destination ~ '^380\d{9}$' and is_outbound limit 200" >"$work/numbers"
check 'there are numbers' test "$(wc -l <"$work/numbers")" -gt 100
"$CDRETL" forget - <"$work/numbers" >/dev/null || bad 'numbers are forgotten'
goes 'one of three is taken back' 40 unload "$work/other.csv"
goes 'and another' 40 unload "$work/more.csv"

# Many files, of which the planner knows a few: the statistics are not read for each.
awk -F';' -v OFS=';' 'NR > 1 { $6 = "trunk-" $1; $1 = $1 }; 1' "$export" >"$work/trunks.csv"
tail -n +2 "$work/trunks.csv" | split -l 1000 -d - "$work/part"
for part in "$work"/part*; do
  { head -n 1 "$export" && cat "$part"; } >"$part.csv"
done
fresh_db
exits 'the first of ten files' 0 load "$work/part00.csv"
sql 'analyze; alter table cdr.stat_hour set (autovacuum_enabled = off)' >/dev/null
scans() { alone && sql "select seq_scan from pg_stat_user_tables where schemaname = 'cdr' and relname = 'stat_hour'"; }
await alone
before=$(scans)
exits 'the others' 0 load "$work"/part0[1-9].csv
await alone
# One more is the run's, which adds up the days at its end.
check 'statistics are found by their hours' test "$(($(scans) - before))" -le 1
equal 'statistics are those of the legs' 0 "$(unlike 2026-06-01)"

# Legs that were just loaded, and nobody has analyzed: the merge does not hold each row of a file
# against each leg.
fresh_db
exits 'legs that the planner does not know' 0 load "$export"
statement() { # NAME: of the merge, about the days of the export
  awk -v name="-- name: $1" '$0 ~ /^-- name:/ { is = $0 == name } is' schema/statements/merge.sql |
    sed "s/\$1/'2026-06-28'/g; s/\$2/'2026-07-01'/g; s/\$3/false/g"
}
pairs='.. | objects | select(.["Node Type"]? == "Nested Loop") | .["Join Filter"]? // "" | select(contains("leg_key"))'
for name in met stored records; do
  {
    echo 'begin; create temp table stage (like cdr.leg) on commit drop;'
    statement prepare
    echo 'insert into pg_temp.stage select * from cdr.leg; insert into pg_temp.conflict select leg_key from cdr.leg;'
    statement "$name" | sed 's/^insert /explain (format json) &/'
  } | psql -XAtqv ON_ERROR_STOP=1 >"$work/plan" || bad "$name has a plan"
  equal "$name: no row is held against each of the others" '' "$(sed -n '/^\[/,$p' "$work/plan" | jq -r "$pairs")"
done

# Nor do the functions of a period look for the legs of each call among all of its days.
awk -F';' -v OFS=';' 'NR == 1 { print $0, "parent_id"; next } NR % 2 == 0 { id = $1; print $0, ""; next } { print $0, id }' \
  "$export" >"$work/pairs.csv"
fresh_db
exits 'calls that the planner does not know' 0 load "$work/pairs.csv"
explained() { # SQL: its plans and those of its functions, into plan
  PGOPTIONS='-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0
    -c auto_explain.log_nested_statements=on -c client_min_messages=log' sql "$1" 2>"$work/plan" >/dev/null
}
for name in calls attempts hours callers contact agent missed; do
  explained "select count(*) from cdr.${name}_between('2026-06-26', '2026-07-03')"
  check "$name: there is a plan" grep -q 'Scan on leg' "$work/plan"
  equal "$name: calls are joined" '' "$(grep -E '(Index Cond|Join Filter):.*call_key = [a-z]' "$work/plan" | head -n 1)"
done
explained 'begin; update cdr.file set is_joined = false, has_orphans = true;
  select count(*) from cdr.join_far_calls(); rollback'
equal 'far calls are joined' '' "$(grep -E '(Index Cond|Join Filter):.*call_key = [a-z]' "$work/plan" | head -n 1)"

# What looks at every hour of a period takes a day at a time, by the index of hours.
fresh_db
exits 'many groups an hour' 0 load "$work/trunks.csv"
sql 'analyze' >/dev/null
explained "select count(*) from cdr.incidents_between('2026-06-26', '2026-07-03')"
check 'incidents: there is a plan' grep -q ' on stat_hour' "$work/plan"
equal 'incidents: a period of hours is not read as one' '' "$(grep -E '(Seq|Bitmap Heap) Scan on stat_hour' "$work/plan" | head -n 1)"

finish
