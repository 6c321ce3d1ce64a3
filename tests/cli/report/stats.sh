#!/usr/bin/env bash
# Tables of `stats` that are no KPIs, and `numbers`: each cell against calls whose truth is
# known (tests/dashboards/figures_data.sql), or against the function that figures.sql holds.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

fresh_db
check 'the data is made' psql -Xq -v ON_ERROR_STOP=1 -f tests/dashboards/figures_data.sql
period=(--from 2025-10-24 --to 2025-10-29)
kyiv="at time zone 'Europe/Kyiv'"
between="at >= '2025-10-23 21:00Z' and at < '2025-10-28 22:00Z'"
columns() { # NAME COLUMNS SQL ARGUMENT...: the same of those columns of the JSON
  local name=$1 names=$2 query=$3
  shift 3
  exits "$name" 0 --json stats "${period[@]}" "$@"
  equal "$name" "$(sql "$query")" "$(jq -r --arg names "$names" '.[] | .[] | [.[($names | split(" "))[]]] | map(if type == "number" then . + 0 else . end | tostring) | join("|")' "$work/out")"
}

columns 'employees' 'key placed' "select a.agent, (select count(*) from truth where not is_in and $between and first_agent = a.agent)
  from cdr.agent_between('2025-10-23 21:00Z', '2025-10-28 22:00Z') a order by a.offered + a.placed desc, 1" --by agent
columns 'inbound by queue' 'key inbound by_person abandoned' "select coalesce(q, '(none)'), count(*), count(*) filter (where kind in ('queue', 'transfer', 'fork')),
    count(*) filter (where kind in ('left', 'cancel'))
  from (select *, case when kind in ('queue', 'transfer', 'fork', 'left') then queue end as q from truth where is_in and $between) t group by q order by 2 desc, 1" --unit call --by queue
columns 'inbound by day' 'key inbound by_flow unanswered_other' "select to_char(at $kyiv, 'YYYY-MM-DD'), count(*), count(*) filter (where kind = 'flow'), count(*) filter (where kind = 'busy')
  from truth where is_in and $between group by 1 order by 1" --by inbound
columns 'missed calls' 'key missed no_number' "select to_char(at $kyiv, 'YYYY-MM-DD'), count(*), count(*) - count(number) from truth where is_missed and $between group by 1 order by 1" --by missed
columns 'callers' 'key inbound callers' "select k, count(*), count(distinct number) from (select '(all queues)' as k, 1 as place, number from truth where is_in and $between
    union all select coalesce(case when kind in ('queue', 'transfer', 'fork', 'left') then queue end, '(none)'), 2, number from truth where is_in and $between) t
  group by k, place order by place, 2 desc, 1" --by caller
columns 'contact' 'numbers' "select numbers from cdr.contact_between('2025-10-23 21:00Z', '2025-10-28 22:00Z') order by attempt" --by contact
columns 'trunks' 'key begun' "select coalesce(gateway, '(all calls)'), count(*) from (select gateway, starts_at as at from part where gateway is not null
    union all select null, min(starts_at) from part group by i) p where $between group by gateway
  order by gateway is not null, (select max(peak) from cdr.concurrency_between('2025-10-23 21:00Z', '2025-10-28 22:00Z') c where c.gateway is not distinct from p.gateway) desc, 1" --by trunk
columns 'operators' 'key attempts answered' "select case when w.e164 is null then '(unknown number)' else 'Ukraine, ' || case substr(w.e164, 5, 2) when '67' then 'Kyivstar' when '63' then 'lifecell'
      when '44' then 'Kyiv' else 'Vodafone Ukraine' end end, count(*), count(*) filter (where p.answered)
  from part p join truth t using (i) join person w on w.i = t.who where not t.is_in and p.side = 'b' and p.starts_at >= '2025-10-23 21:00Z' and p.starts_at < '2025-10-28 22:00Z'
  group by 1 order by 2 desc, 1" --by operator
columns 'what changed' 'key of_n now_low' "with facts as (select p.answered, p.category from part p join truth t using (i)
    where not t.is_in and p.side = 'b' and p.starts_at >= '2025-10-23 21:00Z' and p.starts_at < '2025-10-28 22:00Z')
  select 'the network answered', count(*), count(*) filter (where answered) from facts
  union all select 'a person answered', count(*), count(*) filter (where category = 'ANSWERED') from facts
  union all select 'a machine answered', count(*), count(*) filter (where category = 'ANSWERED_MACHINE') from facts
  union all select 'the network delivered', count(*), count(*) filter (where answered or category in ('NO_ANSWER', 'UNREACHABLE')) from facts
  union all select 'undetermined', count(*) filter (where not answered), 0 from facts" --by change
columns 'against before' 'value' "select value::float8 from cdr.compared_between('2025-10-23 21:00Z', '2025-10-28 22:00Z')" --by before
for by in country prefix; do
  exits "by $by" 0 --json stats "${period[@]}" --by $by
  equal "all attempts by $by" "$(sql "select count(*) from cdr.attempt where started_at >= '2025-10-23 21:00Z' and started_at < '2025-10-28 22:00Z'")" \
    "$(jq ".$by | map(.attempts) | add" "$work/out")"
done
exits 'the old word for a carrier' 0 stats --by provider --csv
cp "$work/out" "$work/old"
exits 'is the new one' 0 stats --by carrier --csv
equal 'and gives the same' "$(cat "$work/old")" "$(cat "$work/out")"
exits 'a first look' 0 stats
for title in 'By day' 'By carrier' 'Outcomes by carrier' 'Inbound calls by queue'; do
  check "has $title" grep -q "^$title: " "$work/out"
done
check 'nobody is called a provider' test "$(grep -ci provider "$work/out")" = 0

# --- numbers without a sign of life ------------------------------------------------------
before=$(digest)
sql "insert into cdr.leg (leg_key, call_key, side, started_at, direction, is_outbound, destination, destination_e164, gateway, provider, duration, bill_seconds,
    answered, category, confidence, outcome_group, evidence_hash)
  select md5('off' || d || n)::uuid, md5('off' || d || n)::uuid, 'a', timestamptz '2025-10-24 10:00Z' + d * interval '13 hours', 'outbound', true, n, n, 'g', 'vega', 0, 0,
    false, case when n like '%2' and d = 3 then 'BUSY' else 'UNREACHABLE' end, 'certain', 'subscriber', d
  from unnest(array['+380670000001', '+380670000002']) n, generate_series(0, 7) d"
after=$(digest)
exits 'numbers' 0 --json numbers "${period[@]}" --tries 4
equal 'tried in vain, and since the last sign' '+380670000001 8 5 rest,+380670000002 4 3 rest' \
  "$(jq -r '[.numbers[] | select(.number | startswith("+38067000000")) | "\(.number) \(.tries) \(.days) \(.verdict)"] | join(",")' "$work/out")"
check 'with a caution' jq -e '.caution | test("blocks us")' "$work/out"
exits 'for people' 0 numbers "${period[@]}" --tries 8
check 'the number' grep -q '+380670000001 ' "$work/out"
check 'nobody is said to be dead' test "$(grep -ciE 'dead|invalid' "$work/out")" = 0
check 'a sentence on those who block us' grep -q 'a person who blocks us' "$work/out"
exits 'in Ukrainian' 0 numbers "${period[@]}" --tries 8 --lang uk
check 'its title' grep -qF 'Номери без ознак життя: спроб: 8 і більше (Europe/Kyiv)' "$work/out"
check 'its sentence' grep -q 'людина, яка нас заблокувала' "$work/out"
check 'outcomes by name' grep -qF " $(sql "select label_uk from cdr.category where category = 'UNREACHABLE'") " "$work/out"
equal 'and no English' '' "$(grep -oE '\b(tries|rest|last|UNREACHABLE)\b' "$work/out")"
exits 'in no such language' 2 numbers "${period[@]}" --lang de
exits 'as CSV' 0 numbers "${period[@]}" --tries 8 --csv
equal 'one number' 1 "$(tail -n +2 "$work/out" | grep -c .)"
equal 'nothing is stored' "$after" "$(digest)"
check 'the rows were new' test "$before" != "$after"
exits 'without a period' 2 numbers
exits 'one try says nothing' 2 numbers --last 7d --tries 1
reader=numbers_reader_$$
check 'a reader is made' psql -Xq -v ON_ERROR_STOP=1 -v reader="$reader" -f schema/dashboards/reader.sql
trap 'PGDATABASE=postgres sql "drop role if exists $reader"; rm -rf "$work"' EXIT
PGUSER=$reader exits 'a reader of dashboards' 5 numbers "${period[@]}"
says 'is told why' 'cdretl_loader'
PGUSER=$reader exits 'sees employees' 0 stats "${period[@]}" --by agent
check 'by labels alone' grep -qE '^  agent [0-9a-f]{8} ' "$work/out"
finish
