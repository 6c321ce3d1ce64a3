#!/usr/bin/env bash
# --spool: what a nightly job empties, and where the files are afterwards.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/lib.bash"
spool=$work/spool

fresh_db
exits 'a spool that is not there' 2 --tz Europe/Kyiv load --spool "$spool"
says 'a spool that is not there' 'spool'
mkdir "$spool"
exits 'a new spool gets its folders' 0 --tz Europe/Kyiv load --spool "$spool"
equal 'three of them' 'failed incoming processed' "$(cd "$spool" && echo ./*/ | tr -d './')"

cp tests/samples/csv/m6-2026-01.csv "$spool/incoming/good.csv"
printf 'name;price\nbread;20\n' >"$spool/incoming/shop.csv"
exits 'one good, one bad' 3 --tz Europe/Kyiv load --spool "$spool"
says 'one good, one bad' 'shop\.csv'
check 'the good one is processed' test -f "$spool/processed/good.csv"
check 'the bad one is set aside' test -f "$spool/failed/shop.csv"
check 'incoming is empty' test -z "$(ls -A "$spool/incoming")"
equal 'the good one is loaded' 24 "$(sql 'select count(*) from cdr.leg')"

cp tests/samples/csv/m6-2026-01.csv "$spool/incoming/good.csv"
exits 'the same file again' 0 --tz Europe/Kyiv load --spool "$spool"
equal 'is not loaded again' 24 "$(sql 'select count(*) from cdr.leg')"
equal 'and overwrites nothing' 2 "$(find "$spool/processed" -name 'good.csv*' | wc -l)"
exits 'file names beside it' 2 load --spool "$spool" x.csv
finish
