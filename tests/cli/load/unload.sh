#!/usr/bin/env bash
# unload and load --again: what a file brought goes, the rest is as if it had never come; a
# wrong zone is said, and put right.
# shellcheck disable=SC2317 # called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
export CDRETL_TZ=Europe/Kyiv PGTZ=UTC
zone=$work/zone.csv
cat >"$zone" <<'END'
id;created_at;direction;from;destination;hangup_at;duration;bill_sec;cause
5e000000-0000-4000-8000-000000003001;01.06.2026, 11:00:00;inbound;0671234501;0442001000;01.06.2026, 11:00:35;00:00:35;00:00:30;NORMAL_CLEARING
5e000000-0000-4000-8000-000000003002;01.06.2026, 23:30:00;inbound;0671234502;0442001000;01.06.2026, 23:30:20;00:00:20;0;NO_ANSWER
END
day=tests/samples/demo/history-2026-06-01.csv.gz

# All that is known of legs, without who told it when.
legs() {
  sql "select md5(string_agg((to_jsonb(l) - '{run_id,file_id,line_no}'::text[])::text, E'\n' order by leg_key))
    from cdr.leg l"
}
state() { echo "$(legs) $(stats) $(sql "select count(*) from cdr.leg_version")"; }
count() { jq -r ".files[0].$1" "$work/out"; }
starts() { sql 'select string_agg(started_at::text, chr(32) order by started_at) from cdr.leg'; }

# A wrong zone, as somebody would find it out.
fresh_db
exits 'the wrong zone' 0 --tz UTC load "$zone"
exits 'the right one' 1 load "$zone"
check 'is said' grep -q 'times were read in UTC, not in Europe/Kyiv.*load --again' "$work/out"
exits 'the same zone is no trouble' 0 --tz UTC load "$zone"
exits 'nor one of another name' 0 --tz Etc/UTC load "$zone"
exits 'put right' 0 --json load --again "$zone"
equal 'put right: both legs' '2 2' "$(count records) $(count inserted)"
equal 'put right: three hours earlier' '2026-06-01 08:00:00+00 2026-06-01 20:30:00+00' "$(starts)"
equal 'the ledger keeps both' 'unloaded UTC|loaded Europe/Kyiv' \
  "$(sql "select string_agg(verdict || ' ' || zone, '|' order by file_id) from cdr.file")"
equal 'runs say what was given' 'Europe/Kyiv|{"tz": "Europe/Kyiv"}' \
  "$(sql 'select zone, options from cdr.run order by run_id desc limit 1')"
equal 'statistics are those of the legs' 0 "$(unlike -infinity)"
exits 'again and again' 0 load --again "$zone"
equal 'is as once' '2026-06-01 08:00:00+00 2026-06-01 20:30:00+00' "$(starts)"
printf '{"items":[{"id":"5e000000-0000-4000-8000-000000000001","created_at":"1780300800000","cause":"USER_BUSY"}]}' >"$work/epoch.json"
exits 'times that say their zone' 0 --tz UTC load "$work/epoch.json"
exits 'are the same in any' 0 load "$work/epoch.json"
equal 'and the ledger says so' t "$(sql "select zone is null from cdr.file where name like '%epoch%'")"

# A longer export in another zone does not move what is known.
fresh_db
{ cat "$zone"; echo '5e000000-0000-4000-8000-000000003003;02.06.2026, 11:00:00;inbound;0671234501;0442001000;02.06.2026, 11:00:35;00:00:35;00:00:30;NORMAL_CLEARING'; } >"$work/longer.csv"
exits 'the shorter' 0 --tz UTC load "$zone"
before=$(state)
exits 'the longer, three hours off' 3 load "$work/longer.csv"
says 'the zone is named' '2 of its legs are stored, and all begin 3:00 h earlier here: the time zone differs \(here Europe/Kyiv, there UTC\)'
equal 'nothing is merged' "$before" "$(state)"
exits 'in the right zone' 0 --tz UTC --json load "$work/longer.csv"
equal 'it is' '1 2' "$(count inserted) $(count unchanged)"
# By itself a leg may turn out to have begun otherwise.
sed -e 's/11:00:00;inbound/11:20:00;inbound/; s/11:00:35;00:00:35/11:20:36;00:00:36/' "$zone" >"$work/moved.csv"
exits 'one that moved' 0 --tz UTC --json load "$work/moved.csv"
equal 'is merged' '1 1' "$(count updated) $(count unchanged)"
# One leg it stays, when two records say so.
fresh_db
exits 'as it was' 0 load "$zone"
{ head -n 1 "$zone"; sed -n 's/11:00:00;inbound/12:00:00;inbound/; s/11:00:35;00:00:35/12:00:36;00:00:36/p; s/00:00:36/00:00:37/p' "$zone"; } >"$work/moved.csv"
exits 'told twice to have moved' 0 --json load "$work/moved.csv"
equal 'is merged, too' '2 1 1' "$(count records) $(count updated) $(count duplicate)"
# Where another record told of a leg as this file does, it is merged in either order.
{ head -n 1 "$zone"
  echo '5e000000-0000-4000-8000-000000003001;01.06.2026, 12:00:00;inbound;0671234501;0442001000;01.06.2026, 12:00:36;00:00:36;00:00:30;NORMAL_CLEARING'
  echo '5e000000-0000-4000-8000-000000003001;01.06.2026, 11:00:00;inbound;0671234501;0442001000;01.06.2026, 11:00:34;00:00:34;00:00:30;NORMAL_CLEARING'
  echo '5e000000-0000-4000-8000-000000003002;02.06.2026, 00:30:00;inbound;0671234502;0442001000;02.06.2026, 00:30:21;00:00:21;0;NO_ANSWER'; } >"$work/both.csv"
fresh_db
exits 'the other file first' 0 load "$zone"
exits 'then both ways' 0 load "$work/both.csv"
first=$(state)
fresh_db
exits 'both ways first' 0 load "$work/both.csv"
exits 'then the other file' 0 load "$zone"
equal 'the end is the same' "$first" "$(state)"

# One of two that overlap, in either order; by name, by digest, by run.
fresh_db
exits 'one' 0 load "$zone"
one=$(state)
exits 'the other' 0 load "$work/longer.csv"
both=$(state)
exits 'a dry run' 0 --json unload --dry-run "$zone"
equal 'counts' '0 2 0' "$(count gone) $(count kept) $(count changed)"
equal 'and changes nothing' "$both loaded" "$(state) $(sql 'select verdict from cdr.file where file_id = 1')"
exits 'the first goes' 0 unload zone.csv
equal 'the second has its legs too' "$both" "$(state)"
equal 'they name it' '2 2 2' "$(sql "select string_agg(file_id::text, ' ') from cdr.leg")"
exits 'it comes again' 0 --json load "$zone"
equal 'as known' '0 2' "$(count inserted) $(count unchanged)"
exits 'the second goes' 0 --json unload "$(sha256sum "$work/longer.csv" | cut -c 1-12)"
equal 'with what only it has' '1 2' "$(count gone) $(count kept)"
equal 'as if it had never come' "$one" "$(state)"
exits 'the run that brought the first' 0 unload 4
equal 'nothing is left' '0 0 0' "$(sql 'select (select count(*) from cdr.leg) || chr(32) || (select count(*) from cdr.stat_hour) || chr(32) || (select count(*) from cdr.leg_source)')"
exits 'twice is as once' 0 unload 4
exits 'what nobody loaded' 2 unload nothing.csv
says 'what nobody loaded' 'the ledger has no such file'
exits 'a file is needed' 2 unload

# Merged legs: what is left of each is what the others say, and it is decided anew.
fresh_db
cat >"$work/a.csv" <<END
id;created_at;direction;from;destination;gateway;hangup_at;duration;bill_sec;sip_code;cause
5e000000-0000-4000-8000-000000000001;01.06.2026, 11:00:00;outbound;1001;0671110041;Vega;01.06.2026, 11:00:20;00:00:20;0;;NORMAL_UNSPECIFIED
5e000000-0000-4000-8000-000000000002;01.06.2026, 11:01:00;outbound;1001;0671110042;Vega;01.06.2026, 11:01:20;00:00:20;0;;NORMAL_UNSPECIFIED
END
cat >"$work/b.csv" <<END
id;created_at;direction;from;destination;hangup_at;duration;bill_sec;sip_code;cause;queue
5e000000-0000-4000-8000-000000000001;01.06.2026, 11:00:00;outbound;1001;0671110041;01.06.2026, 11:00:21;00:00:21;0;486;USER_BUSY;sales
5e000000-0000-4000-8000-000000000003;01.06.2026, 11:02:00;outbound;1001;0671110043;01.06.2026, 11:02:21;00:00:21;0;486;USER_BUSY;sales
END
exits 'a' 0 load "$work/a.csv"
a=$(state)
exits 'b' 0 load "$work/b.csv"
ab=$(state)
check 'they are merged' test "$(sql 'select count(*) from cdr.leg where evidence_hash = 0')" = 1
exits 'without b' 0 --json unload "$work/b.csv"
equal 'one goes, one changes' '1 1 1' "$(count gone) $(count kept) $(count changed)"
equal 'a is left' "$a" "$(state)"
exits 'b again' 0 load "$work/b.csv"
equal 'both' "$ab" "$(state)"
exits 'without a' 0 unload "$work/a.csv"
template_db=$PGDATABASE
fresh_db
exits 'b alone' 0 load "$work/b.csv"
b=$(state)
PGDATABASE=$template_db
equal 'b is left' "$b" "$(state)"

# With rejects: they are closed, and counts of other files stay.
fresh_db
exits 'with rejects' 1 load tests/samples/csv/clock-forward.csv
exits 'it goes' 0 --json unload tests/samples/csv/clock-forward.csv
equal 'and its rejects are closed' '3 0' "$(count rejects_closed) $(sql 'select count(*) from cdr.reject where closed_at is null')"
equal 'the ledger keeps its counts' 'unloaded 7 3' "$(sql "select verdict || ' ' || records || ' ' || rejected from cdr.file")"
exits 'it comes again' 1 load tests/samples/csv/clock-forward.csv
equal 'with its rejects' 3 "$(sql 'select count(*) from cdr.reject where closed_at is null')"
# What a replay mended is open again without it.
"$CDRETL" rejects export --file 2 >"$work/mend.csv" 2>"$work/err"
sed -i 's|30/03/2025, 03:|30/03/2025, 05:|' "$work/mend.csv"
exits 'a replay' 0 rejects replay --file 2 "$work/mend.csv"
equal 'closes them' 0 "$(sql 'select count(*) from cdr.reject where closed_at is null')"
exits 'the replay goes' 0 unload "$work/mend.csv"
equal 'they are open' 3 "$(sql 'select count(*) from cdr.reject where closed_at is null')"

# A file with nothing in it, and one that would be refused.
fresh_db
head -n 1 "$zone" >"$work/empty.csv"
exits 'no records' 0 load "$work/empty.csv"
exits 'are taken back' 0 --json unload "$work/empty.csv"
equal 'so many' '0 0' "$(count gone) $(count kept)"
exits 'a file' 0 load "$zone"
kept=$(state)
exits 'that is refused when it comes again' 3 load --again --delimiter , "$zone"
equal 'stays' "$kept loaded" "$(state) $(sql "select verdict from cdr.file where verdict = 'loaded'")"

# Numbers that are forgotten are not in what is kept for taking back.
fresh_db
exits 'a' 0 load "$work/a.csv"
exits 'b' 0 load "$work/b.csv"
exits 'a number is forgotten' 0 forget 0671110041
for table in leg leg_version leg_record; do
  equal "it is not in $table" 0 "$(sql "select count(*) from cdr.$table t where t::text ~ '671110041'")"
done
exits 'b goes' 0 --json unload "$work/b.csv"
equal 'the leg is what a says' '1 1|0000000 NORMAL_UNSPECIFIED' "$(count gone) $(count changed)|$(sql "select destination || ' ' || hangup_cause from cdr.leg where leg_key = '5e000000-0000-4000-8000-000000000001'")"
exits 'a goes' 0 unload "$work/a.csv"
equal 'nothing is left of either' '0 0 0 0' "$(sql "select (select count(*) from cdr.leg) || ' ' || (select count(*) from cdr.leg_version) || ' ' || (select count(*) from cdr.leg_record) || ' ' || (select count(*) from cdr.leg_source)")"

# kill -9 in the middle: all is there.  A lock on the statistics holds it where everything
# but the end is done.
killed() { # NAME ARGUMENT...
  local name=$1 before
  shift
  before=$(digest)
  hold 'lock table cdr.stat_hour in access exclusive mode'
  beside "$@"
  check "$name: it waits" await is_waiting
  { kill -9 "$beside"; ends "$name: killed" 137; } 2>/dev/null
  let_go
  check "$name: the server has noticed" await nobody_else
  equal "$name: nothing changed" "$before" "$(digest)"
  equal "$name: the ledger neither" loaded "$(sql "select string_agg(verdict, ' ') from cdr.file")"
}
fresh_db
exits 'a day' 0 load "$day"
killed 'unload' unload "$day"
killed 'load --again' load --again "$day"
as_loader exits 'the loader may' 0 unload "$day"
equal 'then all is gone' 0 "$(sql 'select count(*) from cdr.leg')"
exits 'a day again' 0 load "$day"
cp "$day" "$work/same"
exits 'the same file by two names' 0 --json unload "$day" "$work/same" "$(sql "select encode(sha256, 'hex') from cdr.file where verdict = 'loaded'")"
equal 'goes once' 1 "$(jq '[.files[] | select(.verdict == "unloaded")] | length' "$work/out")"
exits 'and again' 0 load "$day"
hold_lock
exits 'another run holds the lock' 7 unload "$day"
exits 'and load --again too' 7 load --again "$day"
let_go
finish
