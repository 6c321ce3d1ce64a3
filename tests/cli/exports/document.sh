#!/usr/bin/env bash
# The rows that the vendor's page on call end codes prints, as the grid gives them, without
# ids and gateways; as the screen shows them (.tsv) and with captions set right (.csv).
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

# started (Kyiv) | caller | category | confidence | alternatives
outcomes="08:34:27|380322327757|NO_ANSWER|certain|
08:43:48|1000|UNDETERMINED|ambiguous|
08:43:48|380322327757|REJECTED|probable|BUSY
08:47:40|1000|REJECTED|probable|ACCESS_DENIED BLOCKED
08:48:51|380322327757|UNDETERMINED|ambiguous|BUSY INVALID_NUMBER UNREACHABLE"

rows() {
  sql "select to_char(started_at at time zone 'Europe/Kyiv', 'HH24:MI:SS'), caller, category, confidence,
         case when side = 'b' or hangup_cause <> 'NORMAL_CLEARING' then
           (select string_agg(a, ' ' order by a) from unnest(alternatives) a) end
       from cdr.leg order by 1, 2"
}

for file in seed-grid.tsv seed-grid.csv; do
  fresh_db
  exits "$file loads" 0 --tz Europe/Kyiv load "tests/samples/csv/$file"
  equal "$file: the outcomes" "$outcomes" "$(rows)"
  equal "$file: a leg and its neighbour are one call" 4 "$(sql 'select count(*) from cdr.call')"
  equal "$file: the call's outcome stands on its neighbour" '2|REJECTED|probable|BUSY|adjacency' \
    "$(sql "select legs, category, confidence, array_to_string(alternatives, ' '), linked_by from cdr.call
            where started_at = '2020-11-04 08:43:48 Europe/Kyiv'")"
  equal "$file: four attempts, blank directions and all" '4|3' \
    "$(sql "select count(*), count(*) filter (where provider = 'vega') from cdr.attempt")"
  for unit in call attempt; do
    cdretl stats --unit "$unit" --by category --csv --from 2020-11-01 --to 2020-12-01
    equal "$file: stats of $unit" 'NO_ANSWER 1,REJECTED 2,UNDETERMINED 1' \
      "$(awk -F, 'NR > 1 && $2 > 0 { print $1, $2 }' "$work/out" | sort | paste -sd,)"
  done
  exits "$file: a report" 0 report --from 2020-11-01 --to 2020-12-01 --out "$work/report.html"
  for category in 'No answer' 'Rejected' 'Undetermined'; do
    check "$file: the report knows $category" grep -q "$category" "$work/report.html"
  done
done

# The page prints 08:48:51 twice, once with 480 and once with 486.  Both may stand in one
# file: two records of one call that contradict each other are kept, and neither stops the load.
head -n 1 tests/samples/csv/seed-grid.csv >"$work/both.csv"
row='04.11.2020, 08:48:51;;380322327757;380636159079;;13;0;NORMAL_UNSPECIFIED;;;;;;recv_refuse;;;;sip:'
printf '%s480\n%s486\n' "$row" "$row" >>"$work/both.csv"
fresh_db
exits 'both printings of 08:48:51' 0 --tz Europe/Kyiv load "$work/both.csv"
equal 'both printings are legs' '480,486' "$(sql "select string_agg(sip_code::text, ',' order by sip_code) from cdr.leg")"
finish
