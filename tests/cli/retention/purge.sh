#!/usr/bin/env bash
# purge: months of legs go, statistics stay, and nothing that comes later spoils them.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
export CDRETL_TZ=Europe/Kyiv

# leg NUMBER PARENT START END ANSWERED CALLEE: a row of the history table as JSON, times UTC.
leg() {
  jq -cn --arg id "$1" --arg parent "$2" --arg start "$3" --arg stop "$4" --arg answer "$5" --arg to "$6" '
    def key: if . == "" then null else "00000000-0000-4000-8000-" + ("000000000000" + .)[-12:] end;
    {id: ($id | key), parent_id: ($parent | key), direction: "inbound", from_number: "380501112233", to_number: $to,
     created_at: ($start + ".000Z"), hangup_at: ($stop + ".000Z"), answered_at: (if $answer == "" then null else $answer + ".000Z" end),
     cause: (if $answer == "" then "NO_ANSWER" else "NORMAL_CLEARING" end), hangup_by: "A", sip_code: 200, domain_id: 1, gateway_id: 1}'
}

january="where hour < '2026-02-01Z'"
days() { sql "select md5(string_agg(t::text, E'\n' order by t::text)) from cdr.kpi_day t"; }
signals() { sql "select * from cdr.signal order by 1, 2, 3, 4"; }
calls() { sql "select coalesce(sum(n), 0) from cdr.stat_hour where unit = 'call' $*"; }
legs() { sql "select count(*) from cdr.leg $*"; }
balance() {
  sql "select count(*) from cdr.file where verdict = 'loaded' and (records <> inserted + updated + unchanged + duplicate + rejected
    or rejected <> (select coalesce(sum(value::bigint), 0) from jsonb_each_text(rejected_by_code)))"
}

exits 'a date is needed' 2 purge
says 'a date is needed' '--before T'
exits 'that is one' 2 purge --before spring
exits 'not of the future' 2 purge --before 2100-01-01
says 'not of the future' 'future'
exits 'not of the Middle Ages' 2 purge --before 1410-07-15
exits 'nor a file' 2 purge --before 2026-02-01 x.csv

# A call over midnight, one of each month, one whose end is not known.
fresh_db
{
  leg 1 '' 2026-01-31T23:59:50 2026-02-01T00:02:00 2026-01-31T23:59:51 380441234567
  leg 2 1 2026-01-31T23:59:55 2026-02-01T00:00:03 '' 1001
  leg 3 1 2026-02-01T00:00:05 2026-02-01T00:02:00 2026-02-01T00:00:10 1002
  leg 4 '' 2026-01-31T10:00:00 2026-01-31T10:01:00 2026-01-31T10:00:10 380441234567
  leg 5 4 2026-01-31T10:00:01 2026-01-31T10:01:00 2026-01-31T10:00:10 1001
  leg 6 '' 2026-02-01T00:10:00 2026-02-01T00:11:00 2026-02-01T00:10:10 380441234567
} >"$work/edge.ndjson"
exits 'the edge of a month' 0 load "$work/edge.ndjson"
exits 'January' 0 load tests/samples/csv/m6-2026-01.csv
exits 'June, told twice' 0 load tests/samples/csv/knows-less.csv tests/samples/csv/knows-more.csv
# Two exports that each know something of a leg.
leg 20 '' 2026-06-10T10:00:00 2026-06-10T10:01:00 2026-06-10T10:00:10 380441234567 >"$work/one.ndjson"
jq -c '.hangup_at = "2026-06-10T10:01:01.000Z" | del(.sip_code)' "$work/one.ndjson" >"$work/two.ndjson"
exits 'a leg put together' 0 load "$work/one.ndjson" "$work/two.ndjson"
sed '3s/;20\.01\.2026/;20.13.2026/' tests/samples/csv/m6-2026-01.csv >"$work/broken.csv"
exits 'with a reject' 1 load "$work/broken.csv"
equal 'its text is kept' 1 "$(sql 'select count(raw) from cdr.reject')"
sql "insert into cdr.outcome_change (run_id, leg_key, started_at, old_category, new_category, old_confidence, new_confidence)
  select 1, leg_key, started_at, 'BUSY', category, 'certain', confidence from cdr.leg"

before=$(digest) stat=$(stats) day=$(days) signal=$(signals)
old=$(legs "where started_at < '2026-02-01Z'") young=$(sql "select * from cdr.leg where started_at >= '2026-02-01Z' order by leg_key")
exits 'a dry run' 0 --json purge --before 2026-02-15 --dry-run
equal 'tells the months and their legs' "$(for month in 2025-12 2026-01; do
    sql "select '$month ' || (select count(*) from cdr.leg
      where date_trunc('month', started_at, 'UTC') = '$month-01Z')
      where to_regclass('cdr.leg_${month/-/}') is not null"
  done)" \
  "$(jq -r '.months[] | "\(.month) \(.legs)"' "$work/out")"
equal 'and the one that stays' 2026-02 "$(jq -r .kept "$work/out")"
check 'and sizes' jq -e 'all(.months[]; .bytes > 0)' "$work/out"
equal 'and changes nothing' "$before" "$(digest)"
equal 'not even a run' 0 "$(sql "select count(*) from cdr.run where kind = 'purge'")"

# shellcheck disable=SC2317 # called by await
has_begun() { [ "$(sql "select count(*) from cdr.run where kind = 'purge' and finished_at is null")" = 1 ]; }

# Somebody reads legs, and does not end: a short try, and nothing has happened.
hold 'select count(*) from cdr.leg'
exits 'a reader of legs is let to end' 7 purge --before 2026-02-01
says 'a reader of legs is let to end' '^cdretl: error: purge: 20[0-9]{2}-[0-9]{2} stays: somebody reads legs'
equal 'and nothing is gone' "$before" "$(digest)"
equal 'nor said to be' 0 "$(sql 'select count(*) from cdr.purged_month')"
let_go
hold_lock
exits 'another run holds the lock' 7 purge --before 2026-02-01
says 'another run holds the lock' 'holds the lock'
equal 'and nothing else' 1 "$(wc -l <"$work/err")"
let_go

# The months before somebody's go, his does not; he is waited for.  The loader's rights are
# enough.
hold 'select count(*) from cdr.leg_202601'
exits 'not all of it' 7 --json purge --before 2026-02-15
equal 'says what went' "$(sql "select to_char(month, 'YYYY-MM') from cdr.purged_month")" "$(jq -r '.months[].month' "$work/out")"
equal 'December went, January did not' 'f t' \
  "$(sql "select to_regclass('cdr.leg_202512') is not null, to_regclass('cdr.leg_202601') is not null" | tr '|' ' ')"
equal 'and has its legs' "$old" "$(legs "where started_at < '2026-02-01Z'")"
as_loader beside purge --before 2026-02-15 --wait 600
check 'it has begun' await has_begun
let_go
ends 'he is waited for' 0
check 'says what stays' grep -q '^2026-02 stays' "$work/out"
equal 'January is gone' '' "$(sql "select to_regclass('cdr.leg_202601')")"
equal 'February is not' "$young" "$(sql 'select * from cdr.leg order by leg_key')"
equal 'the run is told, with what it dropped' "$old 0" "$(sql "select sum(p.legs) || ' ' || min(r.exit_code)
  from cdr.purged_month p join cdr.run r using (run_id) where r.kind = 'purge' and r.finished_at is not null")"
equal 'statistics are what they were' "$stat" "$(stats)"
equal 'so are the days' "$day" "$(days)"
equal 'and nothing is said to be missing' "$signal" "$(signals)"
equal 'history went with the legs' 0 "$(sql "select count(*) from cdr.outcome_change where started_at < '2026-02-01Z'")"
equal 'and stays with others' "$(legs)" "$(sql 'select count(*) from cdr.outcome_change')"
equal 'the text of old rejects is forgotten, not that they were' '0 1' "$(sql "select count(raw) || ' ' || count(*) from cdr.reject")"
exits 'once more' 0 purge --before 2026-02-15
check 'drops nothing' grep -q '^0 months dropped' "$work/out"

# What is left of the call over midnight is no call of February; its leg there is.
{
  leg 7 '' 2026-02-01T00:20:00 2026-02-01T00:21:00 2026-02-01T00:20:10 380441234567
  leg 8 '' 2026-01-31T22:00:00 2026-01-31T22:01:00 2026-01-31T22:00:10 380441234567
  leg 9 1 2026-01-31T23:59:58 2026-02-01T00:00:04 '' 1003
  leg 10 1 2026-02-01T00:00:06 2026-02-01T00:00:09 '' 1004
} >"$work/late.ndjson"
calls=$(calls)
exits 'late legs' 1 --json load "$work/late.ndjson"
equal 'of a purged month are refused, the others load' '{"purged":2} 2 2' \
  "$(jq -c '.files[0] | .rejected, .inserted, .calls' "$work/out" | paste -sd' ')"
equal 'the counts balance' 0 "$(balance)"
equal 'January is as it was' "$(sql "select sum(n) from cdr.stat_hour $january and unit = 'call'")" "$(calls "and hour < '2026-02-01Z'")"
equal 'and has no partition again' '' "$(sql "select to_regclass('cdr.leg_202601')")"
equal 'one call more' $((calls + 1)) "$(calls)"
equal 'February is what its legs come to' 0 "$(unlike 2026-02-01Z)"
equal 'and the views say the same' "$(calls "and hour >= '2026-02-01Z'")" "$(sql "select count(*) from cdr.call")"
equal 'nothing is kept of the refused' 0 "$(sql "select count(*) from cdr.reject where code = 'purged'")"
stat=$(stats)

grep -h 2026-01-31 "$work/late.ndjson" >"$work/old.ndjson"
exits 'a file of nothing else is refused' 3 load "$work/old.ndjson"
says 'a file of nothing else is refused' 'every record is rejected; the first, line 1: purged in column created_at'
exits 'a file of the ledger is there already' 0 load tests/samples/csv/m6-2026-01.csv
exits 'so is the edge' 0 load "$work/edge.ndjson"
file=$(sql "select file_id from cdr.file where name like '%broken.csv'")
sed '1p;3!d;s/;20\.13\.2026/;20.01.2026/' tests/samples/csv/m6-2026-01.csv >"$work/mended.csv"
exits 'a mended record of a purged month' 3 rejects replay --all --file "$file" "$work/mended.csv"
equal 'closes nothing' 1 "$(sql 'select count(*) from cdr.reject where closed_at is null')"
exits 'deciding all again' 0 recompute --from 2026-01-01 --to 2026-08-01
check 'says what it left alone' grep -qE 'warning: (2026-01 was|[0-9]+ months of .* were) purged' "$work/err"
equal 'none of them touches the statistics' "$stat" "$(stats)"
sql "update cdr.leg set rule_id = 'other', category = 'BUSY'"
exits 'deciding all again, with news' 0 recompute --from 2026-01-01 --to 2026-08-01
equal 'gives the same again' "$stat" "$(stats)"
check 'nobody makes the partition' grep -q 'was purged' <(sql "select cdr.add_month('2026-01-01')" 2>&1)
check 'nobody drops a month that is not over' grep -q 'not over' <(sql "select cdr.purge_month(now()::date, 1)" 2>&1)
check 'dashboards drop nothing' grep -q 'permission denied' <(sql "set role cdretl_dashboard; select cdr.purge_month('2026-02-01', 1)" 2>&1)

# June's merged legs take what was told about them along.
check 'legs were put together' test "$(sql 'select count(*) from cdr.leg_version')" -gt 0
exits 'June too' 0 --json purge --before 2026-07-01
equal 'versions went with them' 0 "$(sql 'select count(*) from cdr.leg_version')"
equal 'and were counted' "$(sql 'select sum(versions) from cdr.purged_month')" "$(jq '[.months[].versions] | add' "$work/out")"
equal 'statistics are still there' "$stat" "$(stats)"
equal 'the calls of January need not be known for ever' 0 "$(sql "select count(*) from cdr.truncated_call where month < '2026-02-01'")"

# --- what cron and timers start, without anybody who knows dates ----------------------------
spool=$work/spool
mkdir -p "$spool"/{incoming,processed,failed}/sub
touch -d '100 days ago' "$spool"/{incoming,processed,failed}/old.csv "$spool/processed/sub/old.csv"
touch -d '80 days ago' "$spool"/{processed,failed}/young.csv
echo precious >"$work/precious"
touch -d '100 days ago' "$work/precious"
ln -s "$work/precious" "$spool/processed/link"
left() { (cd "$spool" && find . -type f | sort | xargs); }
before=$(left)

exits 'nothing is asked for' 2 purge
exits 'no spool' 2 purge --keep-files 90
exits 'no number' 2 purge --spool "$spool" --keep-files soon
exits 'all of them is no number of days' 2 purge --spool "$spool" --keep-files 0
equal 'nothing is gone' "$before" "$(left)"
exits 'without a database' 0 --db host=/nowhere --json purge --spool "$spool" --keep-files 90 --dry-run
equal 'two would go' '{"dry_run":true,"exports":{"files":2,"bytes":0}}' "$(jq -c . "$work/out")"
equal 'a dry run removes nothing' "$before" "$(left)"
exits 'files' 0 --db host=/nowhere purge --spool "$spool" --keep-files 90
equal 'what is old is gone, where it is done with' \
  './failed/young.csv ./incoming/old.csv ./processed/sub/old.csv ./processed/young.csv' "$(left)"
check 'a link is not followed' test -s "$work/precious"
exits 'a spool that is none' 2 purge --spool "$work" --keep-files 90
says 'a spool that is none' 'processed'

# Legs of this month and of the three before; two whole ones are kept.
fresh_db
for back in 0 1 2 3; do
  sed "s/[0-3][0-9]\.01\.2026/$(date -u -d "$(date -u +%Y-%m-01) - $back months" +%d.%m.%Y)/g; s/^[0-9a-f]\{8\}/aaaaaaa$back/" \
    tests/samples/csv/m6-2026-01.csv | head -n 2 >"$work/$back.csv"
done
CDRETL_TZ=UTC exits 'legs of four months' 0 load "$work"/[0-3].csv
exits 'both' 0 --json purge --keep 2 --spool "$spool" --keep-files 1
equal 'months and files' "1 2 $(date -u -d "$(date -u +%Y-%m-01) - 3 months" +%Y-%m)" \
  "$(jq -r '"\(.months | map(select(.legs > 0)) | length) \(.exports.files) \([.months[] | select(.legs > 0)][0].month)"' "$work/out")"
equal 'the others stay' 3 "$(sql 'select count(*) from cdr.leg')"
CDRETL_KEEP=1 exits '--before beats the environment' 0 purge --before 2020-01-01
equal 'the others still stay' 3 "$(sql 'select count(*) from cdr.leg')"
finish
