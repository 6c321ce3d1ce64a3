#!/usr/bin/env bash
# purge --keep and --keep-files: what cron and timers start, without anybody who knows dates.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
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
