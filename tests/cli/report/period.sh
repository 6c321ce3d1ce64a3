#!/usr/bin/env bash
# Periods in words and as two ends: the same for every command that takes one, in the zone
# of cdr.setting, through both changes of the clock.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

fresh_db
sql "update cdr.setting set value = 'Europe/Kyiv' where setting = 'zone'"

# One call an hour through the clock's changes of 2025 and through the last ten days: what
# a period holds is then how many hours it has.
sql "select cdr.add_month(m) from unnest(array['2025-03-01', '2025-04-01', '2025-10-01',
  (now() - interval '10 days')::date, now()::date]::date[]) m"
check 'the data is made' sql "insert into cdr.leg (leg_key, call_key, side, started_at, ended_at, direction, is_outbound, gateway,
    duration, bill_seconds, answered, category, confidence, naive_category, evidence_hash)
  select md5(t::text)::uuid, md5(t::text)::uuid, 'a', t, t, 'outbound', true, 'g', 0, 0, false, 'BUSY', 'certain', 'BUSY', 1
  from (select generate_series(timestamptz '2025-03-28 00:00Z', '2025-04-02 00:00Z', '1 hour') t
    union select generate_series(timestamptz '2025-10-24 00:00Z', '2025-10-29 00:00Z', '1 hour')
    union select generate_series(date_trunc('hour', now()) - interval '10 days', date_trunc('hour', now()), '1 hour')) h"
sql "insert into cdr.stat_hour select * from cdr.hours_between('2025-01-01', 'tomorrow'::timestamptz + interval '2 days')"

# hours NAME EXPECTED OPTION...: what `stats` and `report` count in that period.
hours() {
  local name=$1 expected=$2
  shift 2
  exits "$name" 0 --json stats --by direction "$@"
  equal "$name: stats" "$expected" "$(jq '[.direction[].n] | add // 0' "$work/out")"
}

hours 'a day of 23 hours' 23 --from 2025-03-30 --to 2025-03-31
hours 'a day of 25 hours' 25 --from 2025-10-26 --to 2025-10-27
hours 'an instant' 2 --from 2025-10-26T01:00:00Z --to 2025-10-26T03:00:00Z
hours 'a wall-clock time' 22 --from '2025-10-26 04:00' --to '2025-10-27 02:00'
hours 'a month' "$(sql "select count(*) from cdr.leg where started_at at time zone 'Europe/Kyiv' >= '2025-03-01'
  and started_at at time zone 'Europe/Kyiv' < '2025-04-01'")" --month 2025-03
for days in 1 7; do
  hours "the last $days days" "$(sql "select count(*) from cdr.leg
    where (started_at at time zone 'Europe/Kyiv')::date between (now() at time zone 'Europe/Kyiv')::date - $days
      and (now() at time zone 'Europe/Kyiv')::date - 1")" --last "${days}d"
done
hours 'yesterday is the last day' "$(jq '[.direction[].n] | add' <("$CDRETL" --json stats --by direction --last 1d))" --yesterday
hours 'a week' "$(jq '[.direction[].n] | add' <("$CDRETL" --json stats --by direction --last 7d))" --last 1w
hours 'hours' 24 --last 24h
hours 'this month' "$(sql "select count(*) from cdr.leg where date_trunc('month', started_at at time zone 'Europe/Kyiv')
  = date_trunc('month', now() at time zone 'Europe/Kyiv')")" --month this

# The same words elsewhere.
exits 'recount' 0 recount --month 2025-10
exits 'recompute' 0 --json recompute --dry-run --from 2025-10-26 --to 2025-10-27
equal 'recompute: the day is one of the zone' '2025-10-25T21:00:00.000Z 2025-10-26T22:00:00.000Z' "$(jq -r '.from + " " + .to' "$work/out")"
exits 'report' 0 report --out "$work/page" --last 7d
exits 'rules diff' 0 rules diff mappings --month 2025-10
check 'rules diff reads the month' grep -q '0 of 121 legs' "$work/out"

# A zone that is not the database's does not pass in silence, and one that is does.
exits 'another zone' 0 --tz Asia/Almaty stats --from 2025-10-26 --to 2025-10-27
check 'it says whose days these are' grep -q 'days are those of Europe/Kyiv' "$work/err"
if [ -e /usr/share/zoneinfo/Europe/Kiev ]; then # Debian 13 has it in tzdata-legacy
  exits 'the same zone by another name' 0 --tz Europe/Kiev stats --from 2025-10-26 --to 2025-10-27
  equal 'nothing is said' '' "$(cat "$work/err")"
fi
exits 'recompute in another zone' 0 --tz Asia/Almaty recompute --dry-run --from 2025-10-26 --to 2025-10-27
check 'recompute says it too' grep -q 'days are those of Europe/Kyiv' "$work/err"
exits 'a zone that is none' 2 --tz Nowhere stats --last 7d
exits 'init sets it' 0 --tz Asia/Almaty init
hours 'and days are others' 24 --from 2025-10-26 --to 2025-10-27
exits 'back' 0 --tz Europe/Kyiv init

# A period that is inverted or empty is an error; one without calls says where some are.
for command in stats "report --out $work/page" recompute recount "rules diff mappings"; do
  # shellcheck disable=SC2086 # words
  exits "inverted: $command" 2 $command --from 2025-10-27 --to 2025-10-26
  says "inverted: $command" 'the period is empty'
  # shellcheck disable=SC2086
  exits "empty: $command" 2 $command --from 2025-10-27 --to 2025-10-27
  # shellcheck disable=SC2086
  exits "two ways: $command" 2 $command --last 7d --month 2025-10
  says "two ways: $command" 'choose one'
  for words in '--last 7' '--last d' '--last 0d' '--last 99999d' '--last -1d' '--last 7x' '--month 2025-13' '--month 25-01' '--month june' \
    '--from 2025-02-30' '--from yesterday' '--to 3000-01-01' '--from 2025-10-26T10:00:00+99:00'; do
    # shellcheck disable=SC2086
    exits "$words: $command" 2 $command $words
  done
done
for command in recompute recount; do
  exits "a bound is missing: $command" 2 $command --from 2025-10-26
  says "a bound is missing: $command" 'which period'
done
exits 'nothing there' 0 stats --month 2024-01
check 'it says where something is' grep -q 'there are calls from 2025-03-28 to ' "$work/err"
exits 'purge: a day that is none' 2 purge --before 2025-02-30 --dry-run
finish
