#!/usr/bin/env bash
# status: how old the data is, refused files until they come in, killed runs until the next
# closes them, metrics that may fall, a database that is away; and what to do, each time.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
metrics=$work/cdretl.prom
metric() { sed -n "s/^cdretl_$1 //p" "$metrics"; }
reasons() { "$CDRETL" --json status "$@" 2>/dev/null | jq -r '[.attention[].reason] | join(" ")'; }
# made NAME DAY [ROWS]: an export of that day, of calls that no other one has.
nmade=0
made() {
  nmade=$((nmade + 1))
  head -n $((${3:-40} + 1)) tests/samples/csv/m6-2026-01.csv |
    sed "s/[0-3][0-9]\.01\.2026/$(TZ=Europe/Kyiv date -d "$2" +%d.%m.%Y)/g; s/^[0-9a-f]\{8\}-/$(printf %08x $nmade)-/" >"$work/$1"
}
# each NAME: a remedy below every line of attention.
# shellcheck disable=SC2016 # for awk to expand
each() {
  check "$1: a remedy each" awk '/^attention: / { n++; getline; if ($1 != "->" || NF < 4) exit 1 } END { exit n == 0 }' "$work/out"
}

fresh_db
exits 'nothing yet' 1 status
check 'and why' grep -q 'attention: no run has ever done its work' "$work/out"
each 'nothing yet'
made one.csv yesterday
exits 'a load' 0 -q load "$work/one.csv"
exits 'all is well' 0 status --metrics "$metrics"
equal 'freshness is that of the newest leg' "$(sql "select to_char(max(started_at) at time zone 'Europe/Kyiv', 'YYYY-MM-DD HH24:MI:SS') from cdr.leg")" \
  "$(sed -n 's/^ *newest leg  *\(.*\), .*/\1/p' "$work/out")"
equal 'so say metrics' "$(sql 'select trim_scale(round(extract(epoch from max(started_at))::numeric, 4)) from cdr.leg')" "$(metric newest_leg_timestamp_seconds)"
equal 'up' 1 "$(metric up)"
equal 'nothing to look at' '' "$(reasons)"

# --- refused files -------------------------------------------------------------
printf 'name;price\nbread;20\n' >"$work/shop.csv"
exits 'a refused file' 3 -q load "$work/shop.csv"
exits 'is to be looked at' 1 status --metrics "$metrics"
equal 'in both ways' 'last_run_failed file_refused' "$(reasons)"
check 'by name, with the reason' grep -qE 'attention: .*shop\.csv was refused on .*: .+' "$work/out"
each 'a refused file'
equal 'metrics: one' 1 "$(metric files_refused)"
exits 'an already loaded night' 0 -q load "$work/one.csv"
equal 'does not clear it' file_refused "$(reasons)"
made two.csv yesterday 10
exits 'a later good file' 0 -q load "$work/two.csv"
equal 'does not either' file_refused "$(reasons)"
exits 'refused once more' 3 -q load "$work/shop.csv"
exits 'metrics' 1 status --metrics "$metrics"
equal 'is one file' 1 "$(metric files_refused)"
made shop.csv '3 days ago'
exits 'the mended file' 0 -q load "$work/shop.csv"
exits 'clears it' 0 status --metrics "$metrics"
equal 'the metric falls' 0 "$(metric files_refused)"
sed 1s/.*/name/ "$work/one.csv" >"$work/shop.csv"
exits 'a name of every night is refused' 3 -q load "$work/shop.csv"
made shop.csv '2 days ago'
exits 'the next night has that name' 0 -q load "$work/shop.csv"
equal 'which proves nothing' file_refused "$(reasons)"
sql "update cdr.file set loaded_at = loaded_at - interval '31 days' where verdict = 'refused'"
equal 'nobody comes back after a month' '' "$(reasons)"
made zone.csv '4 days ago'
CDRETL_TZ='' exits 'no zone' 3 -q load "$work/zone.csv"
equal 'refused' 'last_run_failed file_refused' "$(reasons)"
cp "$work/zone.csv" "$work/other.csv"
exits 'the same bytes with a zone' 0 -q load "$work/other.csv"
equal 'are loaded' '' "$(reasons)"
exits 'taken back' 0 -q unload "$work/other.csv"
equal 'what was taken back is not refused' '' "$(reasons)"

# --- a run that is killed --------------------------------------------------------
sql "create function public.hold() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end';
  create trigger hold before insert on cdr.file for each row execute function public.hold()"
beside -q load "$work/other.csv"
check 'a run goes on' await sql "select 1 / count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"
exits 'which is no fault' 0 status
check 'it is said to' grep -qE ' load .* runs ' "$work/out"
kill -9 "$beside"
wait "$beside" 2>/dev/null
sql "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()" >"$work/ignored"
check 'its session ends' await sql "select 1 / (count(*) = 0)::int from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"
sql 'drop trigger hold on cdr.file'
exits 'killed' 1 status --metrics "$metrics"
equal 'at once' run_killed "$(reasons)"
each 'killed'
equal 'metrics: killed' '1 1' "$(metric runs_unfinished) $(metric 'attention{reason="run_killed"}')"
killed=$(sql 'select max(run_id) from cdr.run')
exits 'a run that fails' 3 -q load "$work/none.csv"
equal 'closes it' 't|t' "$(sql "select finished_at is not null, exit_code is null from cdr.run where run_id = $killed")"
equal 'and clears nothing' run_killed "$(reasons | grep -o run_killed)"
exits 'the same once more' 0 -q load "$work/other.csv"
exits 'clears it' 0 status --metrics "$metrics"
equal 'metrics fall' '0 0' "$(metric runs_unfinished) $(metric 'attention{reason="run_killed"}')"
check 'the listing says killed' grep -qE "^ *$killed  load .* killed " "$work/out"

# --- old data, and runs that bring nothing -----------------------------------------
fresh_db
made old.csv '9 days ago'
exits 'an export of last week' 0 -q load "$work/old.csv"
exits 'a good run with old data' 1 status --metrics "$metrics"
equal 'is told of' old_data "$(reasons)"
each 'old data'
exits 'unless that is known' 0 status --max-data-age 300
equal 'an age is a number' 2 "$("$CDRETL" status --max-data-age old >/dev/null 2>&1; echo $?)"
pause=$(sql "select extract(epoch from max(pause) - interval '1 hour')::int from (
  select hour - lag(hour) over (order by hour) as pause from (select distinct hour from cdr.stat_hour) h) p")
check 'the night is a pause' test "$pause" -gt 3600
equal 'and may pass' "$((36 * 3600 + pause))" "$(metric data_age_limit_seconds)"
sql "update cdr.file set last_at = now() - interval '60 hours';
  delete from cdr.rolled_day;
  update cdr.stat_hour set hour = date_trunc('hour', now(), 'UTC') - interval '60 hours';
  insert into cdr.stat_hour select r.* from cdr.stat_hour s
    cross join jsonb_populate_record(s, jsonb_build_object('hour', s.hour - interval '63 hours')) r"
exits 'whoever rests over the weekend' 0 status --metrics "$metrics"
equal 'has a longer pause' "$(((36 + 62) * 3600))" "$(metric data_age_limit_seconds)"
sql "update cdr.run set finished_at = now() - interval '30 hours'"
equal 'the last good run is too long ago' stale "$(reasons)"
equal 'not for some' '' "$(reasons --max-age 40)"
sql "insert into cdr.run (kind, program, finished_at, exit_code) values ('load', 'test', now(), 5)"
exits 'a run that failed' 1 status --max-age 40
check 'which a good one before does not hide' grep -q '^attention: the last run ended with exit code 5' "$work/out"
sql "insert into cdr.run (kind, program, finished_at, exit_code) values ('load', 'test', now(), 0), ('purge', 'test', now(), 7)"
equal 'nor a purge' last_run_failed "$(reasons)"

# --- the form of metrics, and no database ------------------------------------------
exits 'metrics' 1 status --metrics "$metrics"
check 'a name a line' test "$(grep -cvE '^(# (HELP|TYPE) cdretl_|cdretl_[a-z_]+(\{[a-z]+="[a-z_]+"\})? -?[0-9.]+$)' "$metrics")" -eq 0
equal 'each of them once' '' "$(grep -v '^#' "$metrics" | cut -d' ' -f1 | sort | uniq -d)"
equal 'in groups' '' "$(grep -v '^#' "$metrics" | sed 's/[{ ].*//' | uniq | sort | uniq -d)"
equal 'nothing else is left' "$metrics" "$(echo "$metrics"*)"
exits 'no database' 5 --db host=/nowhere status --metrics "$metrics"
equal 'is down' 0 "$(metric up)"
equal 'and nothing that was once true' cdretl_up "$(grep -v '^#' "$metrics" | cut -d' ' -f1)"
finish
