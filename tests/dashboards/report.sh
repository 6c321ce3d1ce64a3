#!/usr/bin/env bash
# The report: the same bytes from the same data, one file that asks for nothing and runs
# nothing, a mark for every row, and names from outside as text.  And status.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
page=$work/report.html

fresh_db
exits 'a report of nothing' 0 report --out "$page"
check 'nothing is said' grep -q 'No attempts are known' "$page"

exits 'the demo loads' 0 -q --tz Europe/Kyiv load tests/samples/demo
exits 'a report' 0 report --out "$page"
equal 'nothing else is left' "$page" "$(echo "$page"*)"
exits 'the same on stdout' 0 report --out -
check 'the same data, the same bytes' cmp "$page" "$work/out"

equal 'it runs nothing and asks for nothing' '' \
  "$(grep -oiE '<script|<link|<img|<iframe|<object| on[a-z]+=|url\(|@import|https?:|src=|href=' "$page" | head -n 3)"
check 'its policy says so' grep -q "default-src 'none'; style-src 'unsafe-inline'" "$page"
check 'a small page' test "$(wc -c <"$page")" -lt 150000

# marks FROM TO: how many a section has, and what SQL says
section() { awk -v from="$1" '/<h2>/ { on = index($0, from) > 0 } on' "$page" | grep -oE 'class="m[ "]' | wc -l; }
where="unit = 'attempt'"
zone="at time zone 'Europe/Kyiv'"
equal 'a bar a day and group' "$(sql "select count(*) from (select distinct (hour $zone)::date, case when category = 'UNDETERMINED' then 'undetermined'
  else (select outcome_group from cdr.category c where c.category = s.category) end from cdr.stat_hour s where $where) q")" \
  "$(section 'What became')"
equal 'a dot a day' "$(sql "select count(*) from cdr.kpi_day where $where")" "$(section 'Answered, day by day')"
equal 'a cell an hour of the week' "$(sql "select count(*) from (select distinct extract(isodow from hour $zone), extract(hour from hour $zone)
  from cdr.stat_hour where $where) q")" "$(section 'When people answer')"
equal 'two bars a carrier' "$(sql "select 2 * count(distinct carrier) from cdr.measure_hour where $where")" "$(section 'Carriers side')"
check 'the incident of the demo is found' grep -qE '<strong>Vega</strong>, Thu 4 Jun, 11:00 to 15:00' "$page"
check 'the hole of the demo is found' grep -q 'No calls</strong>, Tue 9 Jun 13:00 to 15:00' "$page"
check 'the figure is that of the view' grep -q "<strong>$(sql "select round(cdr.percent(sum(answered), sum(seizures)), 1)
  from cdr.measure_hour where $where")" "$page"

exits 'some days of it' 0 report --out "$page" --from 2026-06-02 --to 2026-06-04
check 'the days asked for' grep -q '<h1>2 June 2026 – 3 June 2026</h1>' "$page"
equal 'and no others' 2 "$(section 'Answered, day by day')"

sql "update cdr.stat_hour set gateway = '<script>alert(1)</script>&\"''', provider = null where provider = 'vega'"
exits 'with a name from outside' 0 report --out "$page"
check 'it is text' grep -q '&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;' "$page"
equal 'and nothing else' 0 "$(grep -c '<script' "$page")"

# A year of it stays a page.
sql "insert into cdr.stat_hour select (jsonb_populate_record(null::cdr.stat_hour, to_jsonb(s)
  || jsonb_build_object('hour', s.hour + k * interval '14 days'))).* from cdr.stat_hour s cross join generate_series(1, 2) k"
exits 'a month' 0 report --out "$page"
check 'a month is under 300 KB' test "$(wc -c <"$page")" -lt 300000

sql "update cdr.stat_hour set provider = null, gateway = 'trunk ' || (extract(epoch from hour) / 3600)::int % 40"
exits 'with forty trunks' 0 report --out "$page"
check 'the small ones are one row' grep -q '>26 others<' "$page"
check 'and one column' grep -q '<th>34 others</th>' "$page"
check 'still small' test "$(wc -c <"$page")" -lt 300000

exits 'where to?' 2 report
says 'it says so' '--out'
exits 'no such folder' 2 report --out "$work/none/report.html"
says 'it names the file' 'none/report.html'
exits 'no such day' 2 report --out "$page" --from 2026-02-30
says 'it says how' 'YYYY-MM-DD'
exits 'no such day for stats' 2 stats --to yester

exits 'stats' 0 stats
for by in provider gateway category confidence direction queue domain cause sip day hour; do
  exits "stats by $by" 0 stats --by "$by" --csv
  check "by $by: lines are as wide as the first" awk -F, 'NR == 1 { n = NF } NF != n && !/"/ { exit 1 }' "$work/out"
  exits "stats by $by as JSON" 0 --json stats --by "$by"
  check "by $by: rows" test "$(jq --arg by "$by" ".[\$by] | length" "$work/out")" -gt 0
done
equal 'JSON has the views'\'' figures' "$(sql "select asr from cdr.kpi_day where $where and day = '2026-06-08'")" \
  "$("$CDRETL" --json stats --by day | jq -r '.day[] | select(.key == "2026-06-08") | .asr')"
finish
