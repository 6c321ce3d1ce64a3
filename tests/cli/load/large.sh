#!/usr/bin/env bash
# A large file is taken for a new one and read once, its digest with it.  Whatever it was in
# truth, what comes of it and what is said of it are those of a small file.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

# large NAME FIRST ID: 3,000 records in 6 MB from second FIRST on, in the zone's own time;
# with an id where ID is 1.
large() {
  awk -v first="$2" -v with_id="$3" 'BEGIN {
    for (i = 0; i < 2000; i++) pad = pad "x"
    printf "%screated_at;direction;from;to;destination;duration;bill_sec;cause;note\n", with_id ? "id;" : ""
    for (i = 0; i < 3000; i++) {
      at = first + i * 7
      if (with_id) printf "00000000-0000-4000-8000-%012d;", first + i
      printf "%s, %02d:%02d:%02d;outbound;380440000202;38050%07d;38050%07d;12;%d;%s;%s\n", "10/06/2026",
        at / 3600 % 24, at / 60 % 60, at % 60, i, i, i % 2 ? 9 : 0, i % 2 ? "NORMAL_CLEARING" : "USER_BUSY", pad
    }
  }' >"$work/$1"
}
large ids.csv 0 1
large others.csv 40000 1
large nameless.csv 0 0

# verdict NAME VERDICT INSERTED: what the last load said, and the digest in the ledger.
verdict() {
  equal "$1: verdict" "$2 $3" "$(jq -r '.files[0] | "\(.verdict) \(.inserted)"' "$work/out")"
}
in_ledger() {
  equal "$1: the digest in the ledger" "$2 $3" \
    "$(sql "select verdict || ' ' || encode(sha256, 'hex') from cdr.file order by file_id desc limit 1")"
}
sum() { sha256sum <"$1" | cut -d ' ' -f 1; }

fresh_db
exits 'a new file' 0 --json --tz Europe/Kyiv load "$work/ids.csv"
verdict 'a new file' loaded 3000
in_ledger 'a new file' loaded "$(sum "$work/ids.csv")"
equal 'a new file: its statistics' '3000 3000' \
  "$(sql "select (select count(*) from cdr.leg), (select sum(n) from cdr.stat_hour where unit = 'call')" | tr '|' ' ')"
before=$(digest)

exits 'the same again' 0 --json --tz Europe/Kyiv load "$work/ids.csv"
verdict 'the same again' already_loaded 0
gzip -k1 "$work/ids.csv"
exits 'its packed twin' 0 --json --tz Europe/Kyiv load "$work/ids.csv.gz"
verdict 'its packed twin' already_loaded 0
exits 'in another zone' 1 --json --tz Etc/UTC load "$work/ids.csv"
verdict 'in another zone' already_loaded 0
exits 'without a zone, which it needs' 0 --json load "$work/ids.csv"
verdict 'without a zone' already_loaded 0
equal 'nothing has changed' "$before" "$(digest)"

"$CDRETL" --json --tz Europe/Kyiv load - <"$work/others.csv" >"$work/out" 2>"$work/err"
verdict 'by standard input' loaded 3000
in_ledger 'by standard input' loaded "$(sum "$work/others.csv")"
exits 'and by its name' 0 --json --tz Europe/Kyiv load "$work/others.csv"
verdict 'and by its name' already_loaded 0

# Its legs have other names in another zone: only the digest knows the file.
clear_db
exits 'without ids' 0 --json --tz Europe/Kyiv load "$work/nameless.csv"
verdict 'without ids' loaded 3000
before=$(digest)
exits 'without ids, in another zone' 1 --json --tz Asia/Tokyo load "$work/nameless.csv"
verdict 'without ids, in another zone' already_loaded 0
equal 'no leg came twice' "$before" "$(digest)"
exits 'taken back' 0 --json --tz Asia/Tokyo load --again "$work/nameless.csv"
verdict 'taken back' loaded 3000
equal 'no more legs than records' 3000 "$(sql 'select count(*) from cdr.leg')"

# A leg stored already in the middle of it: other bytes, the same legs.
clear_db
{ head -n 1 "$work/ids.csv"; sed -n 2500p "$work/ids.csv"; } >"$work/one.csv"
exits 'one leg of it' 0 --json --tz Europe/Kyiv load "$work/one.csv"
exits 'which it has, too' 0 --json --tz Europe/Kyiv load "$work/ids.csv"
verdict 'which it has, too' loaded 2999
in_ledger 'which it has, too' loaded "$(sum "$work/ids.csv")"

# A record twice: it is read again.
clear_db
{ cat "$work/ids.csv"; sed -n 2p "$work/ids.csv"; } >"$work/twice.csv"
exits 'a record twice' 0 --json --tz Europe/Kyiv load "$work/twice.csv"
verdict 'a record twice' loaded 3000
in_ledger 'a record twice' loaded "$(sum "$work/twice.csv")"

# What is refused is noted by its digest, and what cannot be read to its end is not noted.
clear_db
{ cat "$work/ids.csv"; echo 'x;y'; } >"$work/bad.csv"
exits 'too many rejects' 6 --tz Europe/Kyiv load --max-rejects 0 "$work/bad.csv"
says 'too many rejects' '1 of 3001 records rejected'
in_ledger 'too many rejects' rolled_back "$(sum "$work/bad.csv")"
exits 'no zone' 3 load "$work/ids.csv"
says 'no zone' 'have no time zone'
in_ledger 'no zone' refused "$(sum "$work/ids.csv")"
equal 'nothing of them is stored' 0 "$(sql 'select count(*) from cdr.leg')"
files=$(sql 'select count(*) from cdr.file')
gzip -c <(cat "$work/ids.csv"; head -c 5000000 /dev/urandom | base64) >"$work/long.csv.gz"
head -c 4500000 "$work/long.csv.gz" >"$work/cut.csv.gz"
exits 'cut off' 3 --tz Europe/Kyiv load "$work/cut.csv.gz"
says 'cut off' 'ends too soon|damaged|cut'
equal 'cut off: not noted' "$files" "$(sql 'select count(*) from cdr.file')"

# What a server says while the last rows come, as a node of Citus may, refuses none of them: they
# are not sent again to be merged.  The second is longer than a socket takes while nobody reads.
if on_plain 'news amid the rows' 'they come of a trigger on cdr.leg, which Citus refuses'; then
  clear_db
  sql "create function news() returns trigger language plpgsql as 'begin
      if to_regclass(''pg_temp.stage'') is not null then raise exception ''merged''; end if;
      raise warning ''news''; perform pg_sleep(0.5); return new; end';
    create trigger news before insert on cdr.leg for each row execute function news()"
  { head -n 2 "$work/ids.csv"; sed -n 3p "$work/ids.csv" | tr -d '\n'; head -c 480000 /dev/zero | tr '\0' x; echo; } >"$work/news.csv"
  exits 'news amid the rows' 0 --json --tz Europe/Kyiv load "$work/news.csv"
  verdict 'news amid the rows' loaded 2
  check 'news amid the rows: they are told' grep -q 'database: news' "$work/err"
  sql 'drop function news cascade'
fi

finish
