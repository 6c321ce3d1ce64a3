#!/usr/bin/env bash
# The roll-up by the day: whatever is done to the legs, and whichever zone days are of, what
# is read of a period is what its legs come to, with the roll-up and without it.
# shellcheck disable=SC2016,SC2317 # dollars of SQL; called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

# calls FROM HOURS EVERY: a call every so many minutes, answered, busy and misdialled in turn.
calls() {
  awk -v from="$(date -ud "$1" +%s)" -v hours="$2" -v every="$3" 'BEGIN {
    for (i = 0; i < hours * 60 / every; i++) {
      at = from + i * every * 60
      talk = i % 3 == 0 ? 20 + i % 50 : 0
      printf "{\"id\":\"%08x-0000-4000-8000-%012x\",\"type\":\"call\",\"direction\":\"%s\",", at, i, i % 4 ? "outbound" : "inbound"
      printf "\"gateway\":{\"id\":\"4\",\"name\":\"%s\"},", i % 5 ? "Vega" : "Dnipro-SIP"
      printf "\"from\":{\"number\":\"38044%07d\"},\"destination\":\"38050%07d\",", i % 7, i % 11
      printf "\"created_at\":\"%d000\",", at
      if (talk) printf "\"answered_at\":\"%d000\",\"bridged_at\":\"%d000\",", at + 9, at + 9
      printf "\"hangup_at\":\"%d000\",\"duration\":%d,\"bill_sec\":%d,", at + 9 + talk, 9 + talk, talk
      printf "\"cause\":\"%s\",\"sip_code\":%d}\n", talk ? "NORMAL_CLEARING" : i % 3 == 1 ? "USER_BUSY" : "INVALID_NUMBER_FORMAT",
        talk ? 200 : i % 3 == 1 ? 486 : 484
    } }'
}

# Rows of what is read by the day, of a period with odd ends and of all of it by the hour of the
# week that are not those of the legs, and the other way round.  A day has the hours that begin
# in it: where a zone is half an hour off, an hour is the day's in which it begins.
unlike_legs() {
  sql "set timezone = 'UTC';
    with zone as (select value as zone from cdr.setting where setting = 'zone'),
    unit as (
      select 'call' as unit, date_trunc('hour', c.started_at, 'UTC') as started_at, c.answered, c.bill_seconds, c.direction, c.queue from cdr.call c
      union all select 'attempt', date_trunc('hour', t.started_at, 'UTC'), t.answered, t.bill_seconds, t.direction, t.queue from cdr.attempt t),
    span as (select timestamptz '2026-03-27 05:00Z' as starts_at, timestamptz '2026-10-26 13:00Z' as ends_at),
    legs as (
      select 'day' as what, unit, (started_at at time zone zone)::date::text as at, count(*) as n,
        count(*) filter (where answered) as answered, coalesce(sum(bill_seconds) filter (where answered), 0) as bill
      from unit, zone group by 1, 2, 3
      union all
      select 'span', unit, '', count(*), count(*) filter (where answered), coalesce(sum(bill_seconds) filter (where answered), 0)
      from unit, span where started_at >= starts_at and started_at < ends_at group by 1, 2, 3
      union all
      select 'week', unit, to_char(started_at at time zone zone, 'ID HH24'), count(*), count(*) filter (where answered),
        coalesce(sum(bill_seconds) filter (where answered), 0)
      from unit, zone group by 1, 2, 3
      union all
      select 'inbound', 'call', (started_at at time zone zone)::date::text, count(*), count(*) filter (where answered), 0
      from unit, zone where unit = 'call' and direction = 'inbound' group by 1, 2, 3),
    asked as (select unit from unnest(array['call', 'attempt']) unit),
    read as (
      select 'day', k.unit, k.day::text, k.n, k.answered, k.bill_seconds from cdr.kpi_day k
      union all
      select 'span', a.unit, '', k.n, k.answered, k.bill_seconds
      from asked a, span s, cdr.kpi_between(s.starts_at, s.ends_at, a.unit) k
      union all
      select 'week', a.unit, to_char(k.at at time zone zone, 'ID HH24'), k.n, k.answered, k.bill_seconds
      from asked a, zone, cdr.kpi_between('-infinity', 'infinity', a.unit, 'week_hour') k
      union all
      select 'inbound', 'call', (i.at at time zone zone)::date::text, i.inbound, i.by_person + i.by_flow, 0
      from zone, cdr.inbound_between('-infinity', 'infinity', 'day') i),
    by_day as (
      select 'day', a.unit, (k.at at time zone zone)::date::text, k.n, k.answered, k.bill_seconds
      from asked a, zone, cdr.kpi_between('-infinity', 'infinity', a.unit, 'day') k)
    select count(*) from (
      (table legs except all table read) union all (table read except all table legs)
      union all (select * from legs where what = 'day' except all table by_day)
      union all (table by_day except all select * from legs where what = 'day')) wrong"
}

# How many days went from the roll-up.
gone() { sql 'select count(*) from public.gone'; }

# How many days are read from the roll-up.
rolled() { sql 'select count(*) from cdr.whole_day'; }

# same NAME DAYS: what is read is what the legs come to; so many days are in the roll-up.
same() {
  equal "$1: the figures" 0 "$(unlike_legs)"
  equal "$1: days in the roll-up" "$2" "$(rolled)"
  equal "$1: they are the sums of their hours, and these of the legs" 0 "$(unlike -infinity)"
}

# Both clock changes of Kyiv: 29 March has 23 hours, 25 October 25.
fresh_db
calls '2026-03-27 22:00Z' 72 20 >"$work/march.ndjson"
calls '2026-10-24 06:00Z' 60 20 >"$work/october.ndjson"
calls '2026-10-25 00:00Z' 12 7 >"$work/more.ndjson"
export CDRETL_TZ=Europe/Kyiv
exits 'init' 0 init
exits 'load' 0 load "$work/march.ndjson" "$work/october.ndjson"
same 'loaded' 7
equal 'whole days came in with their hours' 4 "$(sql 'select count(*) from cdr.rolled_day r
  where exists (select from cdr.stat_hour s where s.xmin = r.xmin)')"
equal 'days of 23 and of 25 hours' '23 25' "$(sql "select string_agg(h::text, ' ' order by h) from (
  select extract(epoch from ends_at - starts_at)::int / 3600 as h from cdr.rolled_day) t where h <> 24")"
equal 'days in a row are one part, hours its ends' 'day hour hour' "$(sql "select string_agg(grain, ' ' order by grain)
  from cdr.stat_parts('2026-03-28 10:00Z', '2026-03-30 10:00Z')")"
sql 'create table public.gone (starts_at timestamptz); grant insert on public.gone to public;
  create function public.gone() returns trigger language plpgsql
    as $$ begin insert into public.gone values (old.starts_at); return old; end $$;
  create trigger gone after delete on cdr.rolled_day for each row execute function public.gone()'
exits 'more calls of a day' 0 load "$work/more.ndjson"
same 'more' 7
equal 'more: its day changed where it was' 0 "$(gone)"

# Days that are out, in the middle and all: their hours are read.
sql "delete from cdr.stat_day where starts_at = '2026-03-28 22:00Z'; delete from cdr.rolled_day where starts_at = '2026-03-28 22:00Z'"
same 'a day is out' 6
sql 'truncate cdr.rolled_day, cdr.stat_day'
same 'all are out' 0
exits 'init adds them up' 0 init
same 'all are in' 7

# A run that another one keeps from adding up leaves what is right.
run_count=$(sql 'select count(*) from cdr.run')
sql "update cdr.stat_day set n = n + 1 where starts_at = '2026-03-28 22:00Z'"
exits 'a wrong sum is found' 1 recount --from 2026-03-01 --to 2026-04-01
check 'and named' grep -q '^2026-03-28T22:00Z .* differ from its hours' "$work/out"
check 'as a day' grep -q '^1 day ' "$work/out"
exits 'repaired' 0 recount --repair --from 2026-03-01 --to 2026-04-01
check 'by runs of their own' test "$(sql 'select count(*) from cdr.run')" -gt "$run_count"
same 'repaired' 7

gone=$(gone) sha=$(sha256sum "$work/more.ndjson")
exits 'unload' 0 unload "${sha:0:12}"
same 'unloaded' 7
exits 'load again' 0 load "$work/more.ndjson"

other=$work/other
cp -r mappings "$other"
cat >"$other/rules/05-days.json" <<'END'
{ "about": "What days are recomputed with.",
  "rules": [ { "id": "days.484", "when": { "sip_code": 484 },
    "then": { "category": "NO_ROUTE", "confidence": "probable", "alternatives": ["INVALID_NUMBER"] }, "why": "A test" } ] }
END
exits 'recompute' 0 --mappings "$other" recompute --untested-rules --from 2026-03-01 --to 2026-11-01
same 'recomputed' 7
exits 'recompute back' 0 recompute --from 2026-03-01 --to 2026-11-01
same 'recomputed back' 7
exits 'recompute again' 0 --mappings "$other" recompute --untested-rules --from 2026-03-01 --to 2026-11-01
same 'recomputed again' 7
check 'by the other rule' test "$(sql "select count(*) from cdr.stat_day where category = 'NO_ROUTE'")" -gt 0
exits 'forget' 0 forget 380500000003
same 'forgotten' 7
equal 'days changed where they were' "$gone" "$(gone)"
sql 'drop trigger gone on cdr.rolled_day'

# Another zone: days of the one that was are not read, whoever changed it.
sql "update cdr.setting set value = 'Asia/Kolkata' where setting = 'zone'"
same_zone() { equal "$1: the figures" 0 "$(unlike_legs)"; equal "$1: days" "$2" "$(rolled)"; }
same_zone 'another zone' 0
exits 'the next run' 0 load "$work/march.ndjson"
same 'its days' "$(sql 'select count(*) from cdr.day d where exists (select from cdr.stat_hour s where s.hour >= d.starts_at and s.hour < d.ends_at)')"
# Clocks there go back at 1:00 to 0:00, and servers differ in which midnight they take: where it is
# the second one, the day before ends in an hour of the next.
sql "update cdr.setting set value = 'America/Havana' where setting = 'zone'"
calls '2026-10-31 00:00Z' 60 30 >"$work/havana.ndjson"
exits 'a load' 0 load "$work/havana.ndjson"
late=$(sql "select '2026-10-31' where timestamp '2026-11-01 00:00' at time zone 'America/Havana' = '2026-11-01 05:00Z'")
equal 'the day before is read by the hour' "$late" "$(sql "select string_agg(d.day::text, ' ') from cdr.day d
  where grain = 'hour' and exists (select from cdr.stat_hour s where s.hour >= d.starts_at and s.hour < d.ends_at)")"
equal 'by date the figures are the legs' 0 "$(sql "
  with legs as (select (started_at at time zone 'America/Havana')::date as day, count(*) as n from cdr.call group by 1),
  read as (select (k.at at time zone 'America/Havana')::date, k.n from cdr.kpi_between('-infinity', 'infinity', 'call', 'day') k)
  select count(*) from ((table legs except all table read) union all (table read except all table legs)) wrong")"
exits 'init changes it' 0 init --tz Europe/Kyiv
same 'and adds up' "$(sql 'select count(distinct date_trunc($$day$$, hour, $$Europe/Kyiv$$)) from cdr.stat_hour')"

# Legs go, statistics stay.
figures() { sql 'select k.* from cdr.kpi_day k order by day, unit'; }
sums() { sql 'select * from cdr.stat_day d order by d'; }
before=$(figures) sums=$(sums)
exits 'purge' 0 purge --before 2026-04-01
equal 'purged days are as they were' "$before" "$(figures)"
sql 'truncate cdr.rolled_day, cdr.stat_day'
equal 'by the hour too' "$before" "$(figures)"
exits 'and are added up again' 0 init
equal 'to the same' "$sums" "$(sums)"

# A day that loads go on changing stays out.
before=$(rolled)
calls "$(date -ud '2 hours ago' '+%F %H:00Z')" 1 20 >"$work/now.ndjson"
exits 'calls of today' 0 load "$work/now.ndjson"
equal 'today is read by the hour' "$before" "$(rolled)"

# Readers of boards see both, and change neither.
equal 'readers' 1 "$(sql "set role cdretl_dashboard; select count(*) from cdr.kpi_between('2026-10-01', '2026-11-01', 'call')")"
check 'they cannot write' bash -c "! psql -XAtq -c 'set role cdretl_dashboard' -c 'delete from cdr.rolled_day' 2>/dev/null"

# Days that a file has no calls of wait for what brings them; one that has lost its calls
# stays, and finds them again.
fresh_db
{ calls '2026-05-01 21:00Z' 24 20 && calls '2026-05-04 21:00Z' 24 20; } >"$work/gap.ndjson"
calls '2026-05-02 21:00Z' 48 20 >"$work/between.ndjson"
exits 'a file with days between' 0 load "$work/gap.ndjson"
same 'with a gap' 2
exits 'what is between' 0 load "$work/between.ndjson"
same 'without a gap' 4
exits 'taken back' 0 unload "$work/gap.ndjson" "$work/between.ndjson"
same 'without calls' 4
exits 'and both again' 0 load "$work/between.ndjson" "$work/gap.ndjson"
same 'again' 4

finish
