#!/usr/bin/env bash
# forget: a number goes from all that is stored, nothing else changes, and it stays away.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
export CDRETL_TZ=Europe/Kyiv

number=380671234567
# Every row of our schema as text: in how many does a number stand, and not in a longer one?
# Rejects are bytes there, and looked at by themselves.
found() {
  { pg_dump --data-only --schema=cdr --inserts && sql "select convert_from(raw, 'UTF8') from cdr.reject where raw is not null"; } |
    grep -cE "(^|[^0-9])(00)?${1:-$number}([^0-9]|$)"
}
# All of the legs but what may hold a number, or is made of it: names of legs without id.
evidence() {
  sql "select md5(string_agg(e.text, E'\n' order by e.text collate \"C\")) from cdr.leg l cross join lateral (
    select regexp_replace((to_jsonb(l) - '{caller,destination,caller_e164,destination_e164,extension,agent,extra,run_id,file_id,line_no,evidence_hash}'::text[])::text,
      '_key\": \"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f-]*', '_key\": \"named', 'g') as text) e"
}
# The name of a leg of the grid below: start (ms), duration, billed seconds, then its texts.
# A program of its own makes it, from what etl/leg/leg_name.h says.
le() { # NUMBER BYTES
  local i
  for ((i = 0; i < $2; i++)); do printf '%02x' $((($1 >> (8 * i)) & 255)); done
}
name_of() {
  local packed text hex
  packed=$(le "$1" 8)$(le "$2" 8)$(le "$3" 8)$(le "$4" 8)$(le 0 8)
  shift 4
  for text in "$@"; do packed+=$(le "${#text}" 4)$(printf %s "$text" | od -An -tx1 -v | tr -d ' \n'); done
  # shellcheck disable=SC2001 # two at a time
  printf %b "$(sed 's/../\\x&/g' <<<"$packed")" >"$work/packed"
  hex=$(openssl mac -macopt "hexkey:$(sql "select encode(key, 'hex') from cdr.secret where purpose = 'leg_name'")" \
    -macopt size:16 -in "$work/packed" SIPHASH | tr 'A-F' 'a-f')
  printf '%s-%s-8%s-%x%s-%s\n' "${hex:0:8}" "${hex:8:4}" "${hex:13:3}" $((0x${hex:16:1} & 3 | 8)) \
    "${hex:17:3}" "${hex:20:12}"
}
names() { # of the three legs, where NUMBER and NATIONAL stand in them
  name_of 1604471667000 60 0 -1 1001 "$1" outbound 1001 NO_ANSWER send_cancel
  name_of 1604471667000 60 0 -1 380440000202 "$1" '' '' NO_ANSWER send_cancel
  name_of 1604472460000 20 0 -1 1000 "$2" outbound 1000 CALL_REJECTED recv_refuse
}
named() { sql "select leg_key from cdr.leg where leg_key::text like '______________8%' order by started_at, side"; }
count() { jq -r ".files[0].$1" "$work/out"; }

exits 'a number is needed' 2 forget
exits 'not a masked one' 2 forget '+380***4567'
says 'not a masked one' 'masked'
exits 'nor an extension' 2 forget 1001
exits 'nor what is too long' 2 forget 123456789012345678901
exits 'nor a name' 2 forget Taras
exits 'nor nothing' 2 forget -
exits 'nor ours' 2 forget 380322327757
says 'nor ours' 'know the carrier vega'

# The number as caller, callee, in other spellings, in what no column takes, in a reject, in
# a file's name; and beside it numbers that only look like it.
history=$work/history.csv
cat >"$history" <<END
id;created_at;direction;user;extension;from;to;destination;duration;bill_sec;talk_sec;cause;client_phone
00000000-0000-4000-8000-000000000001;10.06.2026, 10:00:00;outbound;Андрій;1001;1001;$number;$number;00:00:10;0;0;USER_BUSY;
00000000-0000-4000-8000-000000000002;10.06.2026, 10:01:00;inbound;;;+$number;380440000202;380440000202;00:00:20;10;10;NORMAL_CLEARING;
00000000-0000-4000-8000-000000000003;10.06.2026, 10:02:00;outbound;;;1002;380501112233;380501112233;00:00:10;0;0;NO_ANSWER;call +380 (67) 123-45-67 back
00000000-0000-4000-8000-000000000004;10.06.2026, 10:03:00;outbound;;;1002;1$number;1$number;00:00:10;0;0;NO_ANSWER;no 0671234567
00000000-0000-4000-8000-000000000005;10.06.2026, 10:04:00;outbound;$number;$number;00$number;380501112233;380501112233;00:00:10;0;0;NO_ANSWER;sip:$number@host
00000000-0000-4000-8000-000000000006;10.13.2026, 10:05:00;outbound;;;1002;$number;$number;00:00:10;0;0;NO_ANSWER;
00000000-0000-4000-8000-000000000007;10.13.2026, 10:05:00;outbound;;;1002;380501112233;380501112233;00:00:10;0;0;NO_ANSWER;
END
cp "$history" "$work/$number.csv"
# Without ids: only what it says tells one leg from the next.
grid=$work/grid.csv
cat >"$grid" <<END
Call start time;Direction;Caller number;Destination number;Extension;Duration;Bill, sec;Hangup cause;talksec;disposition
04.11.2020, 08:34:27;outbound;1001;$number;1001;60;0;NO_ANSWER;;send_cancel
04.11.2020, 08:34:27;;380440000202;$number;;60;0;NO_ANSWER;;send_cancel
04.11.2020, 08:47:40;outbound;1000;0671234567;1000;20;0;CALL_REJECTED;17;recv_refuse
END
rows='{"id":"00000000-0000-4000-8000-000000000011","direction":"outbound","from_number":"1001","to_number":"%s","destination":"%s","created_at":"2026-06-10T08:00:00.000Z","hangup_at":"2026-06-10T08:00:%s.000Z","cause":"NO_ANSWER"%s,"from_id":%s}\n'
# shellcheck disable=SC2059 # a format
tell() { printf "$rows" "$number" "$number" "$@"; }
tell 30 ',"sip_code":480' "$number" >"$work/one.ndjson"
tell 31 '' 5 >"$work/two.ndjson"
load_all() {
  exits 'history' 1 load "$work/$number.csv"
  exits 'a grid without ids' 0 load "$grid"
  exits 'two that know something of a leg' 0 load "$work/one.ndjson" "$work/two.ndjson"
}

fresh_db
first=$PGDATABASE
load_all
check 'the number is there' test "$(found)" -gt 8
equal 'two versions of it too' 2 "$(sql "select count(*) from cdr.leg_version v where v::text ~ '$number'")"
equal 'legs without id are named with the key of the database' "$(names "$number" 0671234567)" "$(named)"
before=$(evidence) stat=$(stats) all=$(digest) longer=$(found "1$number")
check 'nationally too' test "$(found 0671234567)" -gt 1
prints=$(sql "select array_agg(evidence_hash) from cdr.leg where evidence_hash <> 0")
held=$(sql "select count(*) from cdr.leg l where l::text ~ '(^|[^0-9])(00)?$number([^0-9]|$)' or l::text ~ '67. 123-45-67'
  or l::text ~ '(^|[^0-9])0671234567([^0-9]|$)'")

exits 'a dry run' 0 --json forget --dry-run "$number"
equal 'counts the legs' "$held" "$(jq .legs "$work/out")"
equal 'and the others' '2 1 1' "$(jq -r '"\(.versions) \(.rejects) \(.files)"' "$work/out")"
equal 'and changes nothing' "$all" "$(digest)"
equal 'not even the list' '0 0' "$(sql "select (select count(*) from cdr.suppression) || ' ' || (select count(*) from cdr.run where kind = 'forget')")"
hold_lock
exits 'another run holds the lock' 7 forget "$number"
let_go

# Somebody keeps the rejects to himself: what stands in legs is gone, the rest is not.
if on_plain 'half way' 'no database there is a copy of another'; then
  empty_db "$PGDATABASE"
  hold 'lock table cdr.reject in exclusive mode'
  PGOPTIONS="$PGOPTIONS -c lock_timeout=100" exits 'half way' 5 forget "$number"
  check 'says so' grep -q 'not all is erased yet: run it again' "$work/err"
  let_go
  check 'something is left' test "$(found)" -gt 0
  exits 'again' 0 forget "$number"
  equal 'then nothing' 0 "$(found)"
  PGDATABASE=$first
fi

# The loader's rights are enough; the spelling does not matter.
as_loader exits 'forget' 0 forget "+380 67 123-45-67"
check 'says how many' grep -q "^$held legs, 2 versions, 1 reject and 1 file of the ledger changed" "$work/out"
check 'and what it cannot reach' grep -q '^not reached: the exports' "$work/out"
equal 'the number is nowhere' 0 "$(found)"
equal 'nor another spelling' 0 "$(found '380 .67. 123-45-67')"
equal 'nor how it is written at home' 0 "$(found 0671234567)"
equal 'numbers that look like it are' "$longer" "$(found "1$number")"
equal 'nor can it be tried by who has the key' "$(names 0000000 0000000)" "$(named)"
equal 'no fingerprint is what it was' 0 "$(sql "select count(*) from cdr.leg l where l.evidence_hash = any ('$prints') and l::text ~ '[ (,\"]0000000[) ,\"]'")"
equal 'all else is as it was' "$before" "$(evidence)"
equal 'statistics too' "$stat" "$(stats)"
equal 'and what the legs come to' 0 "$(unlike -infinity)"
equal 'the other reject has its text' '1 2' "$(sql "select count(raw) || ' ' || count(*) from cdr.reject")"
equal 'the run is told' 1 "$(sql "select count(*) from cdr.run where kind = 'forget' and exit_code = 0")"
key=$(sql "select encode(key, 'hex') from cdr.suppression_key")
# As it is dialled in Ukraine: with its code, 0, 80 or nothing in front, and from abroad.
equal 'the number and its spellings are known by their HMACs alone' \
  "$(for each in $number 671234567 0671234567 80671234567 3800671234567 38080671234567 810$number; do
    printf %s "$each" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" | sed 's/.*= //'
  done | sort)" \
  "$(sql "select encode(hmac, 'hex') from cdr.suppression order by 1")"
for table in suppression suppression_key; do
  check "dashboards do not see $table" test "$(sql "select has_table_privilege('cdretl_dashboard', 'cdr.$table', 'select')")" = f
done
on_plain 'whoever looks' 'readers have legs_shown() there' && equal 'whoever looks sees that it is forgotten' 0000000 \
  "$(sql "set role cdretl_dashboard; select destination from cdr.call where call_key = '00000000-0000-4000-8000-000000000001'")"
other=$PGDATABASE
empty_db
exits 'another database' 0 init
check 'has another key' test "$(sql "select encode(key, 'hex') from cdr.suppression_key")" != "$key"
drop_db "$PGDATABASE"
PGDATABASE=$other

# Other exports of the same calls: the same legs, known as well.
again() {
  exits "$1: history" 1 --json load "$work/again.csv"
  equal "$1: is known" '0 0 5' "$(count inserted) $(count updated) $(count unchanged)"
  exits "$1: without ids" 0 --json load "$work/again-grid.csv"
  equal "$1: is known by what it says" '0 0 3' "$(count inserted) $(count updated) $(count unchanged)"
  exits "$1: told twice" 0 --json load "$work/again.ndjson"
  equal "$1: both are known" '0 0 1 1' "$(count inserted) $(count updated) $(count unchanged) $(count duplicate)"
  equal "$1: the number is nowhere" '0 0' "$(found) $(found '380 .67. 123-45-67')"
  equal "$1: nothing changed" "$before $stat" "$(evidence) $(stats)"
}
for turn in once twice thrice; do
  printf '\n\n' | tee -a "$history" "$grid" >>"$work/two.ndjson"
  cp "$history" "$work/again.csv"
  cp "$grid" "$work/again-grid.csv"
  cat "$work/one.ndjson" "$work/two.ndjson" >"$work/again.ndjson"
  again "$turn"
done
# One that knows more, in another spelling: news, but once and without the number.
sed "s/;+$number;/;380-67-1234567;/; s/;Андрій;/;Тарас;/; s/;cause;/;cause;sip_code;/; s/;USER_BUSY;/;USER_BUSY;486;/; s/;NO_ANSWER;/;NO_ANSWER;;/; s/;NORMAL_CLEARING;/;NORMAL_CLEARING;;/" "$history" >"$work/more.csv"
exits 'it knows more' 1 --json load "$work/more.csv"
equal 'of one leg' '0 1 4' "$(count inserted) $(count updated) $(count unchanged)"
echo >>"$work/more.csv"
exits 'that is news once' 1 --json load "$work/more.csv"
equal 'only' '0 0 5' "$(count inserted) $(count updated) $(count unchanged)"
equal 'and brings no number' '0 0' "$(found) $(found 380-67-1234567)"
exits 'deciding all again' 0 recompute --from 2020-01-01 --to 2026-07-01
equal 'the statistics are what the legs come to' 0 "$(unlike -infinity)"

# Forgotten before anything was loaded: the same database but for the number.
fresh_db
exits 'ahead of time' 0 --json forget "$number"
equal 'there is nothing yet' '0 1' "$(jq -r '"\(.legs) \(.fresh)"' "$work/out")"
exits 'twice is as once' 0 --json forget "00 $number"
equal 'there is still one, in seven spellings' '0 7' "$(jq .fresh "$work/out") $(sql 'select count(*) from cdr.suppression')"
sed -i '/^$/d' "$work/two.ndjson" "$grid"
load_all
equal 'it does not come in' '0 0' "$(found) $(found '380 .67. 123-45-67')"
equal 'legs without id are named by the rest' "$(names 0000000 0000000)" "$(named)"
equal 'the rest does' "$before" "$(evidence)"
equal 'statistics are the same' "$stat" "$(stats)"
# A number on the command line is seen by all who list processes.
printf '380501112233\r\n\n0671234567\n' | "$CDRETL" forget - >"$work/out" 2>"$work/err"
equal 'two numbers at once, a line each' 0 $?
equal 'are both gone' '0 0' "$(found 380501112233) $(found 0671234567)"

# Two exports without ids, each of which knows something else of an A-leg and its B-leg: both
# are renamed, and so is the call of the versions of both.
fresh_db
head='Call start time;Direction;Caller number;Destination number;Extension;Duration;Hangup cause;disposition;sip_code;Agent'
for know in ';Ann' '480;'; do
  printf '%s\n' "$head" "04.11.2020, 08:34:27;outbound;1001;$number;1001;60;NO_ANSWER;send_cancel;$know" \
    "04.11.2020, 08:34:27;;380440000202;$number;;60;NO_ANSWER;send_cancel;$know" >"$work/know.csv"
  exits "a call of which this knows $know" 0 load "$work/know.csv"
done
equal 'each leg is told in two ways' 4 "$(sql 'select count(*) from cdr.leg_version')"
exits 'both legs get another name' 0 forget "$number"
equal 'and so do all that are theirs' '2 4 4 1 0' "$(sql "with l as materialized (select leg_key, call_key, side, linked_by from cdr.leg),
    v as materialized (select leg_key, call_key from cdr.leg_version),
    s as materialized (select leg_key from cdr.leg_source join cdr.leg_record using (leg_key, evidence_hash))
  select (select count(*) from l where l.linked_by = 'adjacency' or l.side = 'a') || ' '
    || (select count(*) from v join l using (leg_key, call_key)) || ' '
    || (select count(*) from s join l using (leg_key)) || ' '
    || (select count(distinct call_key) from l)") $(found)"

# Thousands at once: exactly the legs that hold one of them lose it.
fresh_db
seq -f '%.0f' 380990000000 380990002999 >"$work/numbers"
{
  echo 'id;created_at;direction;from;to;duration;cause;note'
  i=0
  while read -r n; do
    i=$((i + 1))
    printf '00000000-0000-4000-8000-%012d;10.06.2026, 10:00:00;outbound;1001;%s;00:00:10;NO_ANSWER;%s\n' \
      "$i" "$n" "$((i % 3 ? 0 : 380990000000 + i))"
  done < <(seq -f '%.0f' 380990002000 380990003999)
} >"$work/many.csv"
exits 'two thousand calls' 0 load "$work/many.csv"
"$CDRETL" --json forget - <"$work/numbers" >"$work/out" 2>"$work/err"
# A thousand are called; and every third note names one of the list.
equal 'those that hold one of three thousand numbers' "$((1000 + 333))" "$(jq .legs "$work/out")"
equal 'and no others' 1000 "$(sql "select count(*) from cdr.leg where destination <> '0000000'")"
equal 'of the notes too' 0 "$(sql "select count(*) from cdr.leg where extra->>'note' like '38099%'")"
finish
