#!/usr/bin/env bash
# Grafana's alert rules ask about the last day of which calls are known: an incident of
# yesterday, loaded this morning, rings with its carrier and value; the same data without it
# does not; and that nothing is known rings too.  The queries are those of the shipped file.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
PGOPTIONS="$PGOPTIONS -c jit=off"
alerts=schema/dashboards/grafana/provisioning/alerting/cdretl.json

reader=alarm_reader_$$
fresh_db
check 'the reader is made' psql -Xq -v ON_ERROR_STOP=1 -v reader="$reader" -f schema/dashboards/reader.sql
trap 'PGDATABASE=postgres sql "drop role if exists $reader"; rm -rf "$work"' EXIT

# rings UID: what the rule's query gives a reader; a row an instance that rings
rings() {
  PGUSER=$reader PGOPTIONS='-c default_transaction_read_only=on -c timezone=UTC -c jit=off' psql -XAtq -v ON_ERROR_STOP=1 \
    -c "$(jq -r --arg uid "$1" '.groups[].rules[] | select(.uid == $uid) | .data[0].model.rawSql' "$alerts")"
}

# The demo's hours, moved so that the incident's day is yesterday; what comes after it goes.
cp -r tests/samples/demo "$work/demo"
exits 'the demo loads' 0 -q --tz Europe/Kyiv load "$work/demo"
incident="carrier = 'Vega' and starts_at = '2026-06-04 11:00 Europe/Kyiv'"
equal 'the demo has an incident' 1 "$(sql "select count(*) from cdr.signal_incident where $incident")"
# By plain SQL, from the legs: of Vega's attempts in those hours, how many failed.
figures=$(sql "select round(100.0 * count(*) filter (where c.outcome_group = 'network' and not l.answered) / count(*), 2)
  from cdr.attempt l join cdr.category c using (category)
  where l.provider = 'vega' and (c.is_seizure or l.answered) and l.started_at >= '2026-06-04 11:00 Europe/Kyiv'
    and l.started_at < (select ends_at from cdr.signal_incident where $incident)")
sql "delete from cdr.rolled_day;
  delete from cdr.stat_hour where hour >= '2026-06-05 Europe/Kyiv';
  update cdr.stat_hour set hour = hour + (date_trunc('day', now() at time zone 'Europe/Kyiv')::date - date '2026-06-05') * interval '1 day';
  update cdr.file set last_at = (select max(hour) + interval '59 minutes' from cdr.stat_hour)"
yesterday=$(TZ=Europe/Kyiv date -d yesterday +%F)
check 'what is known ends yesterday' test "$(sql "select (max(hour) at time zone 'Europe/Kyiv')::date from cdr.stat_hour")" = "$yesterday"
equal 'the incident rings, with carrier and value' "Vega|$figures" "$(rings cdretl-incident)"
check 'the sentence says when' grep -q "attempts failed in the network.*from $yesterday $(TZ=Europe/Kyiv date -d "$yesterday 08:00 UTC" +%H:%M)" <(sql 'select about from cdr.alarms()')
equal 'so do failures' Vega "$(rings cdretl-failures | cut -d'|' -f1)"
sql "update cdr.stat_hour s set category = 'NO_ANSWER', delivered_low = n, delivered_high = n
  from cdr.category c where c.category = s.category and c.outcome_group = 'network'
    and s.hour >= '$yesterday 10:00 Europe/Kyiv' and s.hour < '$yesterday 16:00 Europe/Kyiv'"
equal 'without it nothing rings' '' "$(rings cdretl-incident; rings cdretl-failures)"

# A carrier that answers less than it did, loaded hours later.
sql "update cdr.stat_hour set answered = 0, category = 'NO_ANSWER'
  where provider = 'vega' and answered > 0 and hour >= (select max(hour) - interval '23 hours' from cdr.stat_hour)"
equal 'a fallen ASR rings' Vega "$(rings cdretl-asr | cut -d'|' -f1)"
# shellcheck disable=SC2016 # for awk to expand
check 'also when it is nothing at all' awk -F'|' '$1 == "Vega" && $2 == 0 { found = 1 } END { exit !found }' <(rings cdretl-asr)
check 'and the threshold lets it' jq -e '[.groups[].rules[].data[1].model.conditions[].evaluator.params[0] < 0] | all' "$alerts"
sql "update cdr.stat_hour set confidence = 'ambiguous' where provider = 'vega' and answered = 0
  and hour >= (select max(hour) - interval '23 hours' from cdr.stat_hour)"
equal 'so does what is undetermined' Vega "$(rings cdretl-ambiguity | cut -d'|' -f1)"

# What missing data means.
equal 'fresh data' '' "$(rings cdretl-stale)"
sql "update cdr.file set last_at = last_at - interval '9 days'"
equal 'old data' 'old_data|1' "$(rings cdretl-stale)"
printf 'name;price\nbread;20\n' >"$work/shop.csv"
cdretl -q load "$work/shop.csv"
equal 'a refused file' 1 "$(rings cdretl-refused)"
fresh_db
equal 'nothing at all is known' 'no_run|1' "$(rings cdretl-stale)"
equal 'and nobody is blamed' '' "$(rings cdretl-incident; rings cdretl-asr; rings cdretl-failures; rings cdretl-ambiguity; rings cdretl-signals; rings cdretl-refused)"
check 'every rule says what missing data means' jq -e '[.groups[].rules[] | .noDataState == "OK" and (.annotations.description | test("No row means"))] | all' "$alerts"
check 'every rule names its value or its reason' jq -e '[.groups[].rules[].annotations.summary | test("\\.Values\\.A\\.Value|\\.Labels\\.reason")] | all' "$alerts"
check 'carriers are named' jq -e '[.groups[].rules[] | select(.data[0].model.rawSql | test("alarms")) | .annotations.summary | test("\\.Labels\\.carrier")] | all' "$alerts"
finish
