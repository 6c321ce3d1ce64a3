#!/usr/bin/env bash
# Nights of a spool: sixty files, good and bad, whole and growing, of every name; two jobs
# at once; the database away in the middle; the disk of processed/ full.  At the end every
# file is where it belongs, every leg is counted once, and the exit codes, status and
# metrics say what happened.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
spool=$work/spool in=$work/spool/incoming
mkdir -p "$in" "$spool/processed" "$spool/failed" "$work/outside"
mounted=
# shellcheck disable=SC2317 # called by the trap
leave() {
  [ -z "$mounted" ] || umount -l "$mounted"
  rm -rf "$work"
}
trap leave EXIT

# rows NUMBER COUNT: an export of COUNT legs that no other number has.
rows() {
  echo uuid,created_time,caller_id_number,destination_number,direction,duration,billsec,hangup_cause,gateway
  local i
  for ((i = 0; i < $2; i++)); do
    printf '3f6f6f36-9c21-4a0e-8f77-%06d%06d,2026-03-%02dT%02d:%02d:00Z,380671234567,380441112233,outbound,5,0,NO_ANSWER,gate\n' \
      "$1" "$i" $((1 + $1 % 28)) $((i % 24)) $(($1 % 60))
  done
}
put() { # NAME, from stdin; last written two hours ago
  cat >"$in/$1"
  touch -d '2 hours ago' -- "$in/$1"
}

whole=() refused=() stays=() strange=()
for i in {10..39}; do rows "$i" 3 | put "good$i.csv" && whole+=("good$i.csv"); done
long=$(printf '%255s' '' | tr ' ' n)
odd=('with blank.csv' $'line\nend.csv' '-dash.csv' "$long" $'caf\xe9.csv')
for i in 0 1 2 3 4; do rows $((40 + i)) 3 | put "${odd[i]}" && whole+=("${odd[i]}"); done
for i in 45 46 47 48; do
  { rows "$i" 3 && echo "3f6f6f36-9c21-4a0e-8f77-0000000000$i,never,1,2,outbound,5,0,NO_ANSWER,gate"; } | put "rejects$i.csv"
  whole+=("rejects$i.csv")
done
for i in 10 11 12 13; do put "twin$i.csv" <"$in/good$i.csv" && whole+=("twin$i.csv"); done
gzip -c "$in/good14.csv" | put twin14.csv.gz && whole+=(twin14.csv.gz)
printf 'name;price\nbread;20\n' | put shop.csv
put empty.csv </dev/null
gzip -c "$in/good15.csv" | head -c 90 | put truncated.csv.gz
printf '[{"uuid":' | put truncated.json
{ rows 50 1 && printf '"never closed\n'; } | put quote.csv
rows 51 2 | sed 's/2026-/1926-/' | put rejected.csv
refused=(shop.csv empty.csv truncated.csv.gz truncated.json quote.csv rejected.csv)
rows 60 3 >"$in/young.csv"
rows 61 3 | put upload.csv.part
rows 62 3 | head -c 250 >"$in/half.csv" && touch -d '10 minutes ago' "$in/half.csv"
rows 63 3 >"$in/appended.csv"
stays=(young.csv upload.csv.part half.csv appended.csv)
rows 70 3 >"$work/outside/secret.csv"
mkdir "$in/folder"
ln -s "$work/outside/secret.csv" "$in/link.csv"
ln -s /nowhere "$in/dangling.csv"
ln -s good10.csv "$in/inside.csv"
mkfifo "$in/pipe.csv"
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$in/socket"
strange=(folder link.csv dangling.csv inside.csv pipe.csv socket)
equal 'sixty arrive' 60 "$(find "$in" -mindepth 1 -maxdepth 1 -printf x | wc -c)"

lie() { # FOLDER NAME...: all of these, and nothing else
  local folder=$spool/$1 name=$2 found
  shift 2
  mapfile -d '' found < <(find "$folder" -mindepth 1 -maxdepth 1 -printf '%f\0')
  equal "$name" "$(printf '%q\n' "$@" | sort)" "$(printf '%q\n' "${found[@]}" | sort)"
}
counted() {
  sql "select l.n, l.legs, s.n from (select count(*) as n, count(distinct leg_key) as legs from cdr.leg) l
    cross join (select sum(n) as n from cdr.stat_hour where unit = 'attempt') s"
}
job=(--tz UTC --json load --spool "$spool")
fresh_db

# --- the first night: a second job comes, and the database goes ------------------
sql "create function public.night() returns trigger language plpgsql as 'begin
    if new.name like ''%good10.csv'' then perform pg_sleep(3); end if;
    if new.name like ''%good25.csv'' then perform pg_terminate_backend(pg_backend_pid()); end if;
    return new; end';
  create trigger night before insert on cdr.file for each row execute function public.night()"
(while [ -e "$in/appended.csv" ] && rows 63 1 | sed 1d >>"$in/appended.csv"; do sleep 0.2; done) &
writer=$!
beside "${job[@]}"
first=$beside
await sql "select 1 / count(*) from pg_stat_activity where wait_event = 'PgSleep'"
exits 'a second job at the same time' 7 "${job[@]}"
says 'a second job at the same time' 'another run empties this spool'
beside=$first
ends 'the database goes away' 5
says 'the error names the file' 'good25\.csv: the connection to the database is lost'
before=("${odd[2]}" "${odd[4]}") # by their bytes these stand in front of good25.csv
for i in {10..24}; do before+=("good$i.csv"); done
lie processed 'what was done before is processed' "${before[@]}"
lie failed 'and what was refused' empty.csv empty.csv.note
equal 'the report tells what was done' "18 loaded or refused, rolled_back good25.csv" \
  "$(jq -r '"\(.files | map(select(.verdict != "rolled_back")) | length) loaded or refused, \(.files[-1] | .verdict + " " + (.name | sub(".*/"; "")))"' "$work/out")"
equal 'counted once' "51|51|51" "$(counted)"
"$CDRETL" --json status --max-age 100 >"$work/status" 2>/dev/null
equal 'status: a run never ended' 1 "$(jq .health.unfinished_runs "$work/status")"
sql 'drop trigger night on cdr.file'

# --- the second night: no room in processed/ -------------------------------------
if mount -t tmpfs -o size=$((4096 * 64)) tmpfs "$spool/processed" 2>"$work/err"; then
  mounted=$spool/processed
  # Of 64 pages eight are free.
  while [ "$(df --output=avail -B 4096 "$mounted" | tail -n 1)" -gt 8 ]; do
    head -c 4096 /dev/zero >>"$mounted/filler"
  done
  exits 'processed/ is full' 3 "${job[@]}"
  check 'the warnings say which' grep -q 'loaded, but cannot be moved to processed/: No space left' "$work/err"
  check 'some have left' test "$(find "$mounted" -name '*.csv*' | wc -l)" -ge 4
  check 'none in part' test -z "$(find "$mounted" -name '*.csv*' -size -100c)"
  check 'no copy lies about' test ! -e "$mounted/.cdretl-copy"
  legs=$(counted)
  rm "$mounted/filler"
  exits 'a third night, with room' 0 "${job[@]}"
  equal 'moved, and not counted again' "$legs" "$(counted)"
  find "$mounted" -mindepth 1 -maxdepth 1 -exec cp -p -t "$work/outside" -- {} +
  umount "$mounted"
  mounted=
  find "$work/outside" -mindepth 1 ! -name secret.csv -exec mv -t "$spool/processed" -- {} +
else
  echo 'the full disk: skipped, nothing can be mounted here'
  exits 'a second night' 3 "${job[@]}"
fi

# --- where everything is ---------------------------------------------------------
lie processed 'whole files are processed' "${whole[@]}"
notes=("${refused[@]/%/.note}")
lie failed 'refused ones lie with their notes' "${refused[@]}" "${notes[@]}"
lie incoming 'what may grow and what is no file stays' "${stays[@]}" "${strange[@]}"
check 'nothing outside is touched' test -f "$work/outside/secret.csv"
equal 'every leg once' "117|117|117" "$(counted)" # 39 exports of three legs
equal 'the ledger has every export once' 39 "$(sql "select count(*) from cdr.file where verdict = 'loaded'")"
equal 'statistics are those of the legs' 0 "$(unlike 2026-01-01)"
cdretl status --metrics "$work/night.prom"
metric() { sed -n "s/^cdretl_$1 //p" "$work/night.prom"; }
equal 'metrics: rejects' 4 "$(metric rejects_open)"
equal 'metrics: refused files' "$(sql "select count(distinct sha256) from cdr.file f where verdict in ('refused', 'rolled_back')
  and not exists (select 1 from cdr.file l where l.verdict = 'loaded' and l.sha256 = f.sha256)")" "$(metric files_refused)"
equal 'metrics: the last exit code' "$(last_exit)" "$(metric last_run_exit_code)"
cdretl --json status --max-age 100000
equal 'status: the same' "4 $(last_exit)" "$(jq -r '"\(.rejects_open.bad_time) \(.runs[0].exit_code)"' "$work/out")"

# --- and when the writers are done -------------------------------------------------
rm -f "$in/upload.csv.part"
kill "$writer" 2>/dev/null
wait "$writer" 2>/dev/null
rows 62 3 >"$in/half.csv"
touch -d '2 minutes ago' "$in"/{young,half,appended}.csv
exits 'the files that grew' 0 "${job[@]}"
lie incoming 'are taken when they are whole' "${strange[@]}"
equal 'and counted once' "126|126|126" "$(counted)"
finish
