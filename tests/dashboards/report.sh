#!/usr/bin/env bash
# The report: the same bytes from the same data, one file that asks for nothing and runs
# nothing, a mark for every row, and names from outside as text; its figures against legs.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
page=$work/report.html

fresh_db
exits 'a report of nothing' 0 report --out "$page"
check 'nothing is said' grep -q 'No calls are known' "$page"
exits 'in another language' 0 report --lang uk --out "$page"
check 'nothing is said in it' grep -q 'За цей період дзвінків немає' "$page"

exits 'the demo loads' 0 -q --tz Europe/Kyiv load tests/samples/demo
exits 'a report' 0 report --out "$page"
equal 'nothing else is left' "$page" "$(echo "$page"*)"
exits 'the same on stdout' 0 report --out -
check 'the same data, the same bytes' cmp "$page" "$work/out"

equal 'it runs nothing and asks for nothing' '' \
  "$(grep -oiE '<script|<link|<img|<iframe|<object| on[a-z]+=|url\(|@import|https?:|src=|href=' "$page" | head -n 3)"
check 'its policy says so' grep -q "default-src 'none'; style-src 'unsafe-inline'" "$page"
check 'a small page' test "$(wc -c <"$page")" -lt 150000

# Sections come in the order of a manager's questions.
equal 'reached, why not, since when, which carrier, which hour' \
  'Outbound Inbound Worth Why What Reached Carriers At' \
  "$(grep -oE '<h2[^>]*>[A-Za-z]+' "$page" | sed 's/.*>//' |
    grep -xE 'Outbound|Inbound|Worth|Why|What|Reached|Carriers|At' | awk '!seen[$0]++' | tr '\n' ' ' | sed 's/ $//')"

# marks FROM: how many a section has, beside what SQL says
section() { awk -v from="$1" '/<h2/ { on = index($0, from) > 0 } on' "$page" | grep -oE 'class="m[ "]' | wc -l; }
where="unit = 'attempt'"
zone="at time zone 'Europe/Kyiv'"
# Who answered an attempt, from the stored legs: its own SQL, not the program's measures.
legs="cdr.attempt a join cdr.category c on c.category = a.category
  cross join lateral (select case when a.answered and c.is_machine then 'machine' when a.answered then 'person'
    when c.outcome_group in ('subscriber', 'caller', 'network', 'system') then c.outcome_group else 'undetermined' end as part) p"
equal 'a bar a day and part' "$(sql "select count(*) from (select distinct (a.started_at $zone)::date, p.part from $legs) q")" \
  "$(section 'What became of the attempts')"
equal 'a dot a day' "$(sql "select count(distinct (started_at $zone)::date) from cdr.attempt")" "$(section 'Reached a person, since when')"
equal 'a cell an hour of the week' "$(sql "select count(*) from (select distinct extract(isodow from started_at $zone),
  extract(hour from started_at $zone) from cdr.attempt) q")" "$(section 'At which hour')"
equal 'a row and two ranges a carrier' "$(sql "select 3 * count(distinct carrier) from cdr.measure_hour where $where")" \
  "$(section 'Carriers side by side')"
check 'the incident of the demo is found' grep -qE 'Thu 4 Jun, 11:00–15:00: <strong>Vega</strong>' "$page"
check 'the hole of the demo is found' grep -q 'Tue 9 Jun, 13:00–15:00: <strong>No calls</strong>' "$page"
equal 'the newest stands first' 'Tue 9 Jun, 13:00–15:00' "$(grep -oE '<li class="m [a-z]+">[^<:]*:[^:<]*:[0-9]*' "$page" | head -n 1 | sed 's/.*>//')"
percent() { sql "select round(100.0 * count(*) filter (where $1) / count(*), 1) || '%' from $legs where (c.is_seizure or a.answered)"; }
check 'persons, by the legs' grep -q "<strong>$(percent "p.part = 'person'")</strong> of $(sql "select to_char(count(*), 'FM999,999')
  from $legs where c.is_seizure or a.answered") attempts reached a person" "$page"
check 'machines, by the legs' grep -q "Machines took $(percent "p.part = 'machine'"), so the network counts $(percent a.answered)" "$page"
check 'inbound calls, by the calls' grep -q "of $(sql "select to_char(count(*), 'FM999,999') from cdr.call where direction = 'inbound'") inbound calls" "$page"

# Against before: a share of the second week beside the first one's, by the legs.
exits 'a week' 0 report --out "$page" --from 2026-06-08 --to 2026-06-15
share() { sql "select round(100.0 * count(*) filter (where p.part = 'person') / count(*), 1) || '%' from $legs
  where (c.is_seizure or a.answered) and (a.started_at $zone)::date between '$1' and '$2'"; }
tile=$(grep -A 1 '>A person answered</div><div class="v">' "$page" | head -n 1)
check 'the week' grep -qF "<div class=\"v\">$(share 2026-06-08 2026-06-14)</div>" <<<"$tile"
check 'the week before' grep -qF "before: $(share 2026-06-01 2026-06-07) – may be chance" <<<"$tile"
check 'it is said' grep -q "The period before had $(share 2026-06-01 2026-06-07): the difference may be chance" "$page"
equal 'a row an agent' "$(sql "select count(distinct agent) from cdr.leg where agent is not null and (started_at $zone)::date between '2026-06-08' and '2026-06-14'")" \
  "$(awk '/<h2>/ { on = /Agents/ } on' "$page" | grep -c '<tr class="m">')"

exits 'in Ukrainian' 0 report --lang uk --out "$work/uk.html"
check 'numbers as it writes them' grep -q "<strong>$(percent "p.part = 'person'" | sed $'s/\\./,/; s/%/\u202f%/')</strong> із" "$work/uk.html"
check 'dates as it writes them' grep -q '<h1>1 червня 2026 р. – 14 червня 2026 р.</h1>' "$work/uk.html"
check 'labels of categories' grep -q "<th scope=\"row\">$(sql "select label_uk from cdr.category where category = 'BUSY'")</th>" "$work/uk.html"
equal 'and no English' '' "$(sed -n '/<main/,$p' "$work/uk.html" | grep -oiE 'attempts|answered|carrier|median' | head -n 3)"
exits 'in Russian' 0 report --lang ru --out "$work/ru.html"
check 'is Russian' grep -q '<html lang="ru">' "$work/ru.html"
exits 'no such language' 2 report --lang de --out "$page"
says 'which there are' 'en, uk, ru'

exits 'days of which nothing is known' 0 report --lang uk --out "$page" --from 2026-07-10 --to 2026-07-11
check 'which days there are' grep -q '<p>Дзвінки є з 1 червня 2026 р. до 14 червня 2026 р.</p>' "$page"
exits 'some days of it' 0 report --out "$page" --from 2026-06-02 --to 2026-06-04
check 'the days asked for' grep -q '<h1>2 June 2026 – 3 June 2026</h1>' "$page"
equal 'and no others' 2 "$(section 'Reached a person, since when')"
exits 'a day of it' 0 report --out "$page" --from 2026-06-02 --to 2026-06-03
check 'its day' grep -q '<h1>2 June 2026</h1>' "$page"
equal 'a dot an hour' "$(sql "select count(distinct date_trunc('hour', started_at)) from cdr.attempt where (started_at $zone)::date = '2026-06-02'")" \
  "$(section 'Reached a person, since when')"
check 'the hours are said' grep -q '<th scope="col" class="left">Hour</th>' "$page"
check 'a bar is an hour' grep -qE '<title>[0-9]{2}:00: [0-9]+ – ' "$page"

# As CSV: the tables that were asked for, and no cell that a spreadsheet computes.
exits 'as CSV' 0 report --csv "$work/csv"
equal 'a file a query' "$(sed -n 's/^-- name: \(.*\)$/.\/\1.csv/p' schema/statements/report/*.sql | grep -v /site | sort)" \
  "$(cd "$work/csv" && find . -type f | sort)"
equal 'with its figures' "$(sql "select count(*) filter (where p.part = 'person') from $legs where (a.started_at $zone)::date = '2026-06-05'")" \
  "$(awk -F, '$1 == "2026-06-05" && $2 == "person" { printf "%s", $3 }' "$work/csv/attempts.csv" | tr -d '\r')"

# From here on the statistics are written by hand, and the roll-up knows nothing of it.
sql 'delete from cdr.rolled_day'
sql "update cdr.stat_hour set gateway = '=<script>alert(1)</script>&\"''', provider = null where provider = 'vega'"
exits 'with a name from outside' 0 report --out "$page" --csv "$work/csv"
check 'it is text' grep -q '=&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;' "$page"
equal 'and nothing else' 0 "$(grep -c '<script' "$page")"
check 'nor a formula' grep -q "^\"'=<script>" "$work/csv/carriers.csv"
equal 'not in any table' '' "$(grep -rhoE '(^|,)"?=' "$work/csv" | head -n 2)"

# more_hours FROM LATER: the hours once more, so much later.
more_hours() {
  sql "insert into cdr.stat_hour select r.* from $1 cross join lateral
    jsonb_populate_record(s, jsonb_build_object('hour', s.hour + $2)) r"
}

# Tables that read every leg are of 100 days at most, and the page says so.
more_hours 'cdr.stat_hour s' "interval '-120 days'"
exits 'half a year' 0 report --out "$page"
check 'which tables are not there' grep -q 'are told of up to 100 days' "$page"
equal 'and they are not' 0 "$(grep -cE '<h2>(Agents|How busy the trunks|Where to)' "$page")"
sql "delete from cdr.stat_hour where hour < '2026-05-01Z'"

# A month of it stays a page.
more_hours 'cdr.stat_hour s cross join generate_series(1, 2) k' "k * interval '14 days'"
exits 'a month' 0 report --out "$page"
check 'a month is under 400 KB' test "$(wc -c <"$page")" -lt 400000

sql "update cdr.stat_hour set provider = null, gateway = 'trunk ' || (extract(epoch from hour) / 3600)::int % 40"
exits 'with forty trunks' 0 report --out "$page"
check 'the small ones are one row' grep -q '>others: 29<' "$page"
check 'and one column' grep -q '>others: 34</th>' "$page"
check 'what does not fit is counted' grep -qE '<summary>and [0-9]+ more: [0-9]+ [a-z]' "$page"
equal 'and stands there' "$(($(grep -oE '<summary>and [0-9,]+' "$page" | tr -dc 0-9) + 10))" "$(grep -c '<li class="m ' "$page")"
check 'still small' test "$(wc -c <"$page")" -lt 400000

exits 'where to?' 2 report
says 'it says so' '--out'
exits 'no such folder' 2 report --out "$work/none/report.html"
says 'it names the file' 'none/report.html'
exits 'nor for tables' 2 report --csv "$work/none/csv"
exits 'no such day' 2 report --out "$page" --from 2026-02-30
says 'it says how' 'YYYY-MM-DD'
exits 'no such day for stats' 2 stats --to yester

exits 'stats' 0 stats
exits 'stats in Ukrainian' 0 stats --by category --lang uk
check 'categories by their labels' grep -q "^  $(sql "select label_uk from cdr.category where category = 'BUSY'") .*,[0-9]" "$work/out"
check 'its bars are there' grep -q '█' "$work/out"
check 'its title' grep -q '^Результати (категорія): спроби з 2026' "$work/out"
exits 'CSV keeps codes' 0 stats --by category --lang uk --csv
check 'and points' grep -qE '^BUSY,[0-9]+,[0-9]+,[0-9]+\.[0-9]+,' "$work/out"
for by in carrier gateway category confidence direction queue domain cause sip day hour agent inbound missed caller contact trunk operator country prefix change before; do
  exits "stats by $by" 0 stats --by "$by" --csv
  check "by $by: lines are as wide as the first" awk -F, 'NR == 1 { n = NF } NF != n && !/"/ { exit 1 }' "$work/out"
  exits "stats by $by as JSON" 0 --json stats --by "$by"
  check "by $by: rows" test "$(jq --arg by "$by" ".[\$by] | length" "$work/out")" -gt 0
done
equal 'JSON has the views'\'' figures' "$(sql "select asr from cdr.kpi_day where $where and day = '2026-06-08'")" \
  "$("$CDRETL" --json stats --by day | jq -r '.day[] | select(.key == "2026-06-08") | .asr')"
finish
