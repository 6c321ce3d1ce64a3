#!/usr/bin/env bash
# recount: finds the hours whose statistics are not what the legs come to, and puts them
# right; leaves alone what cannot be counted any more.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
demo=tests/samples/demo

fresh_db
exits 'load' 0 --tz Europe/Kyiv load "$demo"
before=$(stats)
exits 'nothing differs' 0 recount --from 2026-05-01 --to 2026-07-01
check 'and says so' grep -q 'are what the legs come to' "$work/out"

hour=$(sql "set timezone = 'UTC'; select to_char(min(hour), 'YYYY-MM-DD\"T\"HH24:MI') from cdr.stat_hour where hour >= '2026-06-05'")
sql "update cdr.stat_hour set n = n + 1 where hour = '${hour}Z'"
sql "delete from cdr.stat_hour where hour = (select min(hour) from cdr.stat_hour where hour > '${hour}Z')"
wrong=$(stats)
exits 'hours that differ' 1 recount --from 2026-05-01 --to 2026-07-01
check 'the first is named' grep -q "^${hour}Z " "$work/out"
check 'and their number' grep -q '^2 hours are not' "$work/out"
equal 'nothing is changed' "$wrong" "$(stats)"
exits 'hours that lie elsewhere' 0 recount --from 2026-05-01 --to "${hour%T*}"
exits 'as JSON' 1 --json recount --from "$hour" --to 2026-07-01
equal 'the same hours' "2 $hour" "$(jq -r '"\(.hours | length) \(.hours[0].hour[:16])"' "$work/out")"

exits 'repair' 0 recount --repair --from 2026-05-01 --to 2026-07-01
equal 'they are as they were' "$before" "$(stats)"
equal 'the run is noted' recount "$(sql 'select kind from cdr.run order by run_id desc limit 1')"
exits 'nothing differs any more' 0 recount --from 2026-05-01 --to 2026-07-01

# Days that have statistics and no leg, or are in the roll-up and have neither, are looked at too.
sql "insert into cdr.stat_hour
  select (jsonb_populate_record(s, '{\"hour\": \"2003-05-05T10:00Z\"}')).* from cdr.stat_hour s limit 1"
exits 'statistics of no leg' 1 --json recount --from 1990-01-01 --to 2026-07-01
equal 'are found, years off' '1 2003-05-05T10:00' "$(jq -r '"\(.hours | length) \(.hours[0].hour[:16])"' "$work/out")"
exits 'and go' 0 recount --repair --from 1990-01-01 --to 2026-07-01
equal 'all of them' "$before" "$(stats)"
sql "insert into cdr.stat_day select (jsonb_populate_record(s, '{\"starts_at\": \"2004-02-01T22:00Z\"}')).* from cdr.stat_day s limit 1;
  insert into cdr.rolled_day
  select '2004-02-01T22:00Z', '2004-02-02T22:00Z', s.value from cdr.setting s where s.setting = 'zone'"
exits 'a day that is the sum of nothing' 1 --json recount --from 1990-01-01 --to 2026-07-01
equal 'is found' '0 1' "$(jq -r '"\(.hours | length) \(.days | length)"' "$work/out")"
exits 'and goes' 0 recount --repair --from 1990-01-01 --to 2026-07-01
equal 'from the roll-up' 0 "$(sql "select count(*) from cdr.stat_day where starts_at < '2005-01-01'")"

# A category counts as something else: the hours are of another basis.
sql "update cdr.setting set value = '1' where setting = 'short_call_seconds'"
exits 'another setting' 1 recount --from 2026-06-01 --to 2026-06-02
exits 'repaired' 0 recount --repair --from 2026-05-01 --to 2026-07-01
equal 'by the setting of now' 0 "$(unlike 2020-01-01Z)"

before=$(stats)
exits 'purge' 0 purge --before 2026-06-01
exits 'what was purged is not held against' 0 recount --repair --from 2026-05-01 --to 2026-07-01
equal 'and stays' "$before" "$(stats)"

exits 'no period' 2 recount
exits 'an empty period' 2 recount --from 2026-06-02 --to 2026-06-02
exits 'arguments' 2 recount --from 2026-06-01 --to 2026-06-02 all
finish
