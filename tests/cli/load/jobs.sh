#!/usr/bin/env bash
# load --jobs: files over several connections end as one after the other, whoever is first,
# and what goes wrong with one of them is told as one job tells it.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
export CDRETL_TZ=Europe/Kyiv
demo=tests/samples/demo
one=tests/samples/csv/m6-2026-01.csv two=tests/samples/csv/m5-2025-12-en.csv
spool=$work/spool

# Everything that is stored, but who wrote it and when.
stored() {
  facts
  sql "select 'reject', count(*), md5(string_agg(t::text, E'\n' order by t::text)) from (
      select f.name, r.code, r.line_no from cdr.reject r join cdr.file f using (file_id)) t
    union all
    select 'source', count(*), md5(string_agg(t::text, E'\n' order by t::text)) from (
      select distinct s.leg_key, s.evidence_hash from cdr.leg_source s) t"
}
# The ledger, where no two files have anything in common.
ledger() { sql "select (to_jsonb(f) - '{run_id,file_id,loaded_at}'::text[])::text from cdr.file f order by 1"; }
told() { jq -S 'del(.run.id)' "$work/out"; }
loaded() { sql "select count(*) from cdr.file where verdict = 'loaded'"; }
workers() { pgrep -P "$beside"; }
# shellcheck disable=SC2317 # called by await
gone() { ! kill -0 "$1" 2>/dev/null; }

for bad in 0 257 abc '' -1; do
  exits "--jobs '$bad'" 2 load --jobs "$bad" "$one"
  says "--jobs '$bad'" '--jobs is a number from 1 to 256'
done

# Samples of every generation: many tell of the same calls, some come twice, some are refused.
fresh_db
exits 'samples' 3 load tests/samples/csv tests/samples/json "$demo"
expected=$(stored)
fresh_db
exits 'samples, 4 jobs' 3 load --jobs 4 tests/samples/csv tests/samples/json "$demo"
says 'samples, 4 jobs' 'every record is rejected'
equal 'samples, 4 jobs' "$expected" "$(stored)"
equal 'samples, 4 jobs: statistics are those of the legs' 0 "$(unlike -infinity)"
equal 'it is one run' 1 "$(sql 'select count(distinct run_id) from cdr.file')"
equal 'it has an end' 3 "$(last_exit)"

# Files that have nothing in common: all that is told and noted is the same.
mapfile -t apart < <(find "$demo" -name '*.gz' ! -name 'history-2026-06-10*' | LC_ALL=C sort)
fresh_db
exits 'files apart' 0 --json load "${apart[@]}"
expected=$(told) digests=$(stored) rows=$(ledger)
for jobs in 2 4; do
  fresh_db
  exits "files apart, $jobs jobs" 0 --json --log-format json load --jobs "$jobs" "${apart[@]}"
  equal "files apart, $jobs jobs: told" "$expected" "$(told)"
  equal "files apart, $jobs jobs: stored" "$digests" "$(stored)"
  equal "files apart, $jobs jobs: the ledger" "$rows" "$(ledger)"
  equal "files apart, $jobs jobs: logged" "${#apart[@]} $(sql 'select run_id from cdr.run')" \
    "$(jq -r 'select(.event == "file") | .run' "$work/err" | sort | uniq -c | xargs)"
done
exits 'taken back and loaded again' 0 load --again --jobs 2 "${apart[@]:0:3}"
equal 'taken back and loaded again' "$digests" "$(stored)"

# The same bytes by three names, a pipe, and what is no file.
fresh_db
for name in a b c; do cp "$one" "$work/$name.csv"; done
exits 'three names' 0 --json load --jobs 3 "$work/a.csv" "$work/b.csv" "$work/c.csv"
equal 'three names' '["already_loaded","already_loaded","loaded"]' "$(jq -c '[.files[].verdict] | sort' "$work/out")"
"$CDRETL" --json load --jobs 2 "$two" - <"$work/a.csv" >"$work/out" 2>"$work/err"
equal 'standard input is one of them' '["loaded","already_loaded"]' "$(jq -c '[.files[].verdict]' "$work/out")"
exits 'one is not there' 3 load --jobs 2 "$work/none.csv" "$one"
says 'one is not there' 'none\.csv'

# Who is in the way undoes what he meets; it is loaded once more, alone, and counted once.
fresh_db
exits 'first' 0 load "$one" "$two"
expected=$(stored)
fresh_db
sql "create sequence public.once;
  create function public.fail_once() returns trigger language plpgsql as \$\$ begin
    if nextval('public.once') = 1 then raise serialization_failure; end if;
    return new; end \$\$;
  create trigger once before insert on cdr.file for each row execute function public.fail_once()"
exits 'a transaction is undone by the server' 0 load --jobs 2 "$one" "$two"
equal 'it is loaded again' 3 "$(sql "select nextval('public.once') - 1")"
equal 'as if nothing had been' "$expected" "$(stored)"

# Held where its row goes into the ledger, a load stands still.
stand_still() { # ARGUMENT...
  hold 'lock table cdr.file in exclusive mode'
  beside load --jobs 2 "$@"
  check 'both are at their end' await two_wait
}
# shellcheck disable=SC2317 # called by await
two_wait() { [ "$(waiting)" = 2 ]; }
months() { fresh_db && cdretl load "$one" "$two" && cdretl unload "$one" "$two"; }

months
stand_still "$one" "$two"
exits 'purge waits for loads' 7 purge --before 2026-01-01
says 'purge waits for loads' 'run [0-9]+ \(load\) of .* since'
exits 'so does a load that goes alone' 7 load "$one"
victim=$(workers | head -n 1)
kill -KILL "$victim"
let_go
ends 'a worker is killed' 8
says 'a worker is killed' 'ended by signal 9'
equal 'the other file is loaded' 1 "$(loaded)"
check 'the server learns of it' await nobody_else
exits 'once more' 0 load --jobs 2 "$one" "$two"
equal 'once more: both' 2 "$(loaded)"

for signal in INT TERM; do
  months
  stand_still "$one" "$two"
  kill "-$signal" "$beside"
  ends "SIG$signal" "$([ "$signal" = INT ] && echo 130 || echo 143)"
  says "SIG$signal" 'interrupted; nothing that was under way was kept'
  let_go
  equal "SIG$signal, nothing is kept" 0 "$(loaded)"
done

months
stand_still "$one" "$two"
mapfile -t all < <(workers)
kill -KILL "$beside"
wait "$beside" 2>/dev/null
for pid in "${all[@]}"; do check 'a worker follows its leader' await gone "$pid"; done
let_go
check 'the server learns of it' await nobody_else
equal 'nothing is kept' 0 "$(loaded)"

stand_still "$one" "$two"
sql "select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name like 'cdretl run%'" >"$work/killed"
ends 'the server is away' 5
says 'the server is away' 'the connection to the database is lost'
let_go
equal 'the server is away: nothing is kept' 0 "$(loaded)"
PGHOST=$work exits 'no server' 5 load --jobs 2 "$one" "$two"
says 'no server' 'connect'

# A spool: files go where one job puts them; what grows stays.
months
mkdir -p "$spool/incoming"
put() { cp -- "$1" "$spool/incoming/$2" && touch -d '2 minutes ago' "$spool/incoming/$2"; }
put "$one" one.csv
put "$two" two.csv
put "$one" twin.csv
printf 'name;price\nbread;20\n' >"$work/shop.csv"
put "$work/shop.csv" shop.csv
head -c 500 "$two" >"$work/part.csv"
put "$work/part.csv" part.csv
exits 'a spool' 3 --json load --jobs 3 --spool "$spool"
says 'a spool' 'shop\.csv'
equal 'a spool: processed' 'one.csv twin.csv two.csv' "$(cd "$spool/processed" && echo *)"
equal 'a spool: failed' 'shop.csv shop.csv.note' "$(cd "$spool/failed" && echo *)"
equal 'a spool: left' 'part.csv' "$(cd "$spool/incoming" && echo *)"
equal 'a spool: told in its order' 'one.csv shop.csv twin.csv two.csv' "$(jq -r '[.files[].name | split("/")[-1]] | join(" ")' "$work/out")"
equal 'a spool: what is left' 'part.csv' "$(jq -r '.left[].name | split("/")[-1]' "$work/out")"

rm -r "$spool"
mkdir -p "$spool/incoming"
months
put "$one" one.csv
put "$two" two.csv
stand_still --spool "$spool"
tail -n 1 "$two" >>"$spool/incoming/two.csv"
let_go
ends 'one grows' 0
equal 'one grows: it stays' 'two.csv' "$(cd "$spool/incoming" && echo *)"
equal 'one grows: the other does not' 'one.csv' "$(cd "$spool/processed" && echo *)"
finish
