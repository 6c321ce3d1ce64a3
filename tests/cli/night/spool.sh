#!/usr/bin/env bash
# --spool: what a nightly job empties, and where the files are afterwards.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
spool=$work/spool in=$work/spool/incoming
good=tests/samples/csv/m6-2026-01.csv

# put FILE [NAME [AGE]]: into incoming/, last written AGE ago.
put() {
  cp -- "$1" "$in/${2:-$(basename -- "$1")}"
  touch -d "${3:-2 minutes} ago" -- "$in/${2:-$(basename -- "$1")}"
}
load() { cdretl --tz Europe/Kyiv "$@" load --spool "$spool"; }
# loads NAME CODE [OPTION...]: a run of the spool ends with CODE.
loads() {
  load "${@:3}"
  equal "$1: exit" "$2" "$status"
}
lies() { # NAME FOLDER FILE...: these files, and no others, lie in the folder
  local name=$1 folder=$2
  shift 2
  equal "$name: $folder/" "$(printf '%s\n' "$@" | sort)" "$(cd "$spool/$folder" && find . -mindepth 1 -printf '%P\n' | sort)"
}

fresh_db
exits 'a spool that is not there' 2 --tz Europe/Kyiv load --spool "$spool"
says 'a spool that is not there' 'spool'
mkdir "$spool"
loads 'a new spool gets its folders' 0
equal 'three of them' 'failed incoming processed' "$(cd "$spool" && echo ./*/ | tr -d './')"
loads 'an empty spool, as JSON' 0 --json
equal 'is a document' '0 0' "$(jq -r '"\(.run.exit) \(.files | length)"' "$work/out")"

put "$good" good.csv
printf 'name;price\nbread;20\n' >"$work/shop.csv"
put "$work/shop.csv"
loads 'one good, one bad' 3
says 'one good, one bad' 'shop\.csv'
lies 'the good one' processed good.csv
lies 'the bad one, with a note' failed shop.csv shop.csv.note
check 'the note says why' grep -q '^reason: its first line' "$spool/failed/shop.csv.note"
lies 'nothing is left' incoming ''
equal 'the good one is loaded' 24 "$(sql 'select count(*) from cdr.leg')"

put "$good" good.csv
loads 'the same file again' 0
equal 'is not loaded again' 24 "$(sql 'select count(*) from cdr.leg')"
lies 'and overwrites nothing' processed good.csv good.csv.1
put "$work/shop.csv"
loads 'the same bad one' 3
lies 'a second note' failed shop.csv shop.csv.note shop.csv.1 shop.csv.1.note
exits 'file names beside it' 2 load --spool "$spool" x.csv

# What may still grow is left where it is, and is no failure.
fresh_db
rm -rf "${spool:?}"/*/*
{
  echo uuid,created_time,caller_id_number,destination_number,duration,hangup_cause
  for i in {10..29}; do
    echo "3f6f6f36-9c21-4a0e-8f77-0000000000$i,2026-03-02T10:$i:00Z,380671234567,380441112233,5,NO_ANSWER"
  done
} >"$work/plain.csv"
head -c 1200 "$work/plain.csv" >"$work/half.csv" # ends in the middle of a row
cp "$good" "$in/young.csv"
put "$work/half.csv" half.csv '5 minutes'
put "$good" upload.csv.part
put "$good" upload.TMP
put "$good" .hidden.csv
loads 'files that may still grow' 0 --json
lies 'they stay' incoming .hidden.csv half.csv upload.TMP upload.csv.part young.csv
equal 'none is half loaded' 0 "$(sql 'select count(*) from cdr.leg')"
equal 'the report says which' 'half.csv young.csv' "$(jq -r '[.left[].name | sub(".*/"; "")] | join(" ")' "$work/out")"
touch -d '61 minutes ago' "$in/half.csv"
loads 'an hour later it is as whole as it gets' 1
lies 'it is taken' processed half.csv
cdretl --tz Europe/Kyiv load --spool "$spool" --min-age 0
equal '--min-age 0 takes what was just written' 0 "$status"
lies 'so' processed half.csv young.csv

# A document and a packed file say themselves where they end.
fresh_db
rm -rf "${spool:?}"/*/* "$in/.hidden.csv"
printf '[{"uuid":"3f6f6f36-9c21-4a0e-8f77-000000000001","created_time":1772445600000,"caller_id_number":"380671234567","destination_number":"380441112233","duration":5,"hangup_cause":"NO_ANSWER"}]' >"$work/whole.json"
sed 's/^\[//; s/\]$//' "$work/whole.json" >"$work/line.json"
head -c 100 "$work/whole.json" >"$work/cut.json"
{ cat "$work/line.json" && echo && sed 's/0001"/0002"/' "$work/line.json"; } >"$work/lines.json"
gzip -c "$work/half.csv" >"$work/half.csv.gz"
for file in whole.json line.json lines.json cut.json half.csv.gz; do put "$work/$file"; done
loads 'ends of documents' 1
lies 'whole ones are taken' processed whole.json line.json half.csv.gz
lies 'others wait' incoming cut.json lines.json

# What ends too soon waits as well, and is refused when nobody can be writing any more.
fresh_db
rm -rf "${spool:?}"/*/*
gzip -c "$good" | head -c 700 >"$work/cut.csv.gz"
zstd -qc "$good" | head -c 700 >"$work/cut.csv.zst"
printf '[\n%s,\n' "$(cat "$work/line.json")" >"$work/pretty.json"
{ head -n 2 "$work/plain.csv" && printf '"open,\n'; } >"$work/quote.csv"
head -n 1 "$work/plain.csv" >"$work/head.csv"
: >"$work/begun.csv"
soon=(cut.csv.gz cut.csv.zst pretty.json quote.csv head.csv begun.csv)
for file in "${soon[@]}"; do put "$work/$file"; done
loads 'what ends too soon' 0 --json
lies 'it waits' incoming "${soon[@]}"
lies 'none is refused' failed ''
equal 'the report says so' 6 "$(jq '.left | length' "$work/out")"
equal 'the ledger knows nothing' 0 "$(sql 'select count(*) from cdr.file')"
for file in "${soon[@]}"; do put "$work/$file" "$file" '2 hours'; done
loads 'an hour later' 3
lies 'what is damaged is refused' failed begun.csv begun.csv.note cut.csv.gz cut.csv.gz.note cut.csv.zst cut.csv.zst.note \
  pretty.json pretty.json.note quote.csv quote.csv.note
lies 'captions alone are an export' processed head.csv

# Only regular files, and no link is followed.
fresh_db
rm -rf "${spool:?}"/*/*
mkdir "$in/folder" "$work/outside"
put "$good" "$(printf 'a\nb\033[31m.csv')"
cp "$good" "$work/outside/secret.csv"
ln -s "$work/outside/secret.csv" "$in/link.csv"
ln -s /nowhere "$in/dangling.csv"
mkfifo "$in/pipe.csv"
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$in/socket"
loads 'what is no regular file' 0
for name in folder link.csv dangling.csv pipe.csv socket; do
  check "$name is passed over with a note" grep -q "$name: passed over" "$work/err"
  check "$name stays" test -e "$in/$name" -o -L "$in/$name"
done
check 'what a link leads to stays' test -f "$work/outside/secret.csv"
check 'names are shown escaped' grep -qF 'a\nb\x1b[31m.csv: 24 records' "$work/out"
check 'the file with such a name is processed' test -f "$spool/processed/$(printf 'a\nb\033[31m.csv')"

# processed/ on another filesystem, and one that is full.
fresh_db
rm -rf "${spool:?}"/*/*
rmdir "$spool/processed"
far=$(mktemp -d "/dev/shm/cdretl-XXXXXX")
ln -s "$far" "$spool/processed"
put "$good" good.csv
loads 'another filesystem' 0
equal 'the file is there' '' "$(cmp "$good" "$far/good.csv" 2>&1)"
equal 'and nothing else' good.csv "$(ls -A "$far")"
lies 'it has left' incoming ''
equal 'its time is kept' yes "$([ "$(stat -c %Y "$far/good.csv")" -lt "$(date -d '1 minute ago' +%s)" ] && echo yes)"
rm -rf "$far"

# Two jobs: the second says so, or waits.
exec 8<"$spool"
flock 8
loads 'another run empties it' 7
says 'another run empties it' 'another run empties this spool'
(
  sleep 1
  flock -u 8
) &
cdretl --tz Europe/Kyiv load --spool "$spool" --wait 30
equal 'or it waits' 2 "$status" # processed/ leads to nowhere by now
says 'a folder that cannot be opened' 'processed'
exec 8<&-

# What the database refuses sends the file away, and the run goes on.
fresh_db
rm -f "$spool/processed"
sql "alter table cdr.leg add constraint sites_own check (caller is distinct from '0670001111')"
printf 'uuid,created_time,caller_id_number,destination_number,duration,hangup_cause\n%s,2026-03-02T10:00:00Z,%s,380441112233,5,NO_ANSWER\n' \
  3f6f6f36-9c21-4a0e-8f77-000000000001 0670001111 >"$work/a-refused.csv"
put "$work/a-refused.csv"
put "$good" b-good.csv
loads 'a record that the database refuses' 3 --json
lies 'its file is set aside' failed a-refused.csv a-refused.csv.note
check "with the server's words" grep -q '^reason: .*sites_own' "$spool/failed/a-refused.csv.note"
lies 'the next one is loaded' processed b-good.csv
equal 'the report tells both' 'refused loaded' "$(jq -r '[.files[].verdict] | join(" ")' "$work/out")"
equal 'so does the ledger' '3|0' "$(sql "select exit_code, (select count(*) from cdr.file where verdict = 'loaded' and inserted <> 24) from cdr.run order by run_id desc limit 1")"

# One that grows behind the reader's back stays, and comes again.
fresh_db
rm -rf "${spool:?}"/*/*
put "$work/plain.csv" grows.csv '2 hours'
sql "create function public.slow() returns trigger language plpgsql as 'begin perform pg_sleep(2); return new; end';
  create trigger slow before insert on cdr.file for each row execute function public.slow()"
beside --tz UTC --json load --spool "$spool"
await sql "select 1 / count(*) from pg_stat_activity where wait_event = 'PgSleep'"
sed -n '$s/000029,/000030,/p' "$work/plain.csv" >>"$in/grows.csv"
ends 'a file that grows' 0
lies 'it stays' incoming grows.csv
equal 'and the report says so' grows.csv "$(jq -r '.left[].name | sub(".*/"; "")' "$work/out")"
sql 'drop trigger slow on cdr.file'
touch -d '2 minutes ago' "$in/grows.csv"
loads 'the next night' 0
lies 'it is whole' processed grows.csv
equal 'and counted once' '21|21' "$(sql 'select count(*), count(distinct leg_key) from cdr.leg')"

# A database that is away stops the run: what was done is told, the rest stays.
fresh_db
rm -rf "${spool:?}"/*/*
put "$good" a.csv
put "$work/a-refused.csv" b.csv
put "$work/half.csv" c.csv '2 hours'
sql "create function public.away() returns trigger language plpgsql as 'begin
    if new.name like ''%b.csv'' then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end';
  create trigger away before insert on cdr.file for each row execute function public.away()"
loads 'the database goes away' 5 --json
says 'the error names the file' 'incoming/b\.csv: .*connection'
equal 'what was done is told' 'loaded rolled_back 5' "$(jq -r '[.files[].verdict, .run.exit] | join(" ")' "$work/out")"
lies 'what was done has left' processed a.csv
lies 'the rest stays' incoming b.csv c.csv
sql 'drop trigger away on cdr.file'
loads 'the next night' 1
lies 'all is done' processed a.csv b.csv c.csv
equal 'and counted once' "$(($(sql 'select count(distinct leg_key) from cdr.leg')))" "$(sql 'select count(*) from cdr.leg')"

# A file that grows when everything of it has been merged and counted: the look at it comes
# last of all, a moment before the commit.
fresh_db
rm -rf "${spool:?}"/*/*
await_and_grow() { # NAME FILE ARGUMENT...
  hold 'lock table cdr.stat_hour in exclusive mode'
  beside --tz Europe/Kyiv load "${@:3}"
  check "$1: it waits before the commit" await is_waiting
  tail -n 3 "$good" >>"$2"
  let_go
}
# Nor does it help to set the time of writing back.
overwrite() { # FILE: in its place, as long, and as old
  local old
  old=$(stat -c %Y "$1")
  printf X | dd of="$1" bs=1 seek=300 conv=notrunc status=none
  touch -d "@$old" "$1"
}
put "$good" set-back.csv '2 hours'
hold 'lock table cdr.stat_hour in exclusive mode'
beside --tz Europe/Kyiv load --spool "$spool"
check 'it is changed late: it waits before the commit' await is_waiting
overwrite "$in/set-back.csv"
let_go
ends 'it is changed late' 0
lies 'it is changed late: it stays' incoming set-back.csv
rm "$in/set-back.csv"
put "$good" late.csv '2 hours'
await_and_grow 'it grows late' "$in/late.csv" --spool "$spool"
ends 'it grows late' 0
lies 'it stays' incoming late.csv
cp "$good" "$work/named.csv"
await_and_grow 'one that was named' "$work/named.csv" "$work/named.csv"
ends 'one that was named' 3
says 'one that was named' 'changed while it was being read'
equal 'nothing is kept of either' 0 "$(sql 'select count(*) from cdr.leg')"
finish
