#!/usr/bin/env bash
# What several exports say of one leg makes one leg, whatever the order of loading:
# every line of merge.table, through the program and the database.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
table=tests/cli/load/merge.table
columns='id parent_id created_at answered_at bridged_at hangup_at direction from to agent extension queue gateway duration bill_sec hold_sec cause hangup_disposition sip_code hangup_phrase tags team'
parent=aaaaaaaa-0000-4000-8000-000000000001 other=aaaaaaaa-0000-4000-8000-000000000002

# The lines of the table: NUMBER|WHAT|A|B|LEG.
lines() { grep -v -e '^#' -e '^$' "$table" | sed "s/ *| */|/g; s/PARENT/$parent/g; s/OTHER/$other/g" | nl -w1 -s'|'; }
base=$(sed -n 's/^# base | //p' "$table" | sed -E 's/([0-9-]{10}) ([0-9:]{8})/\1T\2/g')

key() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# export_of FIELD: all legs as the export in that column of the table shows them.
export_of() {
  awk -F'|' -v columns="$columns" -v base="$base" -v field="$1" '
    function take(text,    i, n, pair) {
      n = split(text, pair, " ")
      for (i = 1; i <= n; i++) cell[substr(pair[i], 1, index(pair[i], "=") - 1)] = substr(pair[i], index(pair[i], "=") + 1)
    }
    BEGIN { n = split(columns, name, " "); for (i = 1; i <= n; i++) printf "%s%s", name[i], i < n ? ";" : "\n" }
    {
      split("", cell)
      take(base); take($field)
      if ("disposition" in cell) cell["hangup_disposition"] = cell["disposition"]
      cell["id"] = sprintf("00000000-0000-4000-8000-%012d", $1)
      for (i = 1; i <= n; i++) {
        value = cell[name[i]] == "-" ? "" : cell[name[i]]
        if (value ~ /^[0-9-]*T[0-9:]*$/) sub(/T/, " ", value)
        printf "%s%s", value, i < n ? ";" : "\n"
      }
    }' < <(lines)
}

export_of 3 >"$work/a.csv"
export_of 4 >"$work/b.csv"
{ cat "$work/a.csv"; tail -n +2 "$work/b.csv"; } >"$work/ab.csv"
{ cat "$work/b.csv"; tail -n +2 "$work/a.csv"; } >"$work/ba.csv"
count=$(lines | wc -l)

# What a column of the leg is expected to be, as a condition.
condition() {
  case $1 in
    *=null) echo "${1%%=*} is null" ;;
    *_at=*) echo "${1%%=*} = timestamptz '${1#*=}Z'" ;;
    tags=* | team=*) echo "extra ->> '${1%%=*}' = '${1#*=}'" ;;
    *) echo "${1%%=*}::text = '${1#*=}'" ;;
  esac
}

# What a leg is not although the table says so, a row each: NUMBER|COLUMN=VALUE.
wrongs() {
  local number leg column
  while IFS='|' read -r number _ _ _ leg; do
    for column in $leg; do
      printf "select '%s', '%s' where (select %s from cdr.leg where leg_key = '%s') is not true;\n" \
        "$number" "$column" "$(condition "$column")" "$(key "$number")"
    done
  done < <(lines) | psql -XAtq -v ON_ERROR_STOP=1
}

# expect ORDER: every leg is what the table says.
expect() {
  local number what wrong
  wrong=$(wrongs) || bad "$1: the legs can be asked" "$wrong"
  while IFS='|' read -r number what _; do
    equal "$1: $what" '' "$(sed -n "s/^$number|//p" <<<"$wrong")"
  done < <(lines)
}

legs() {
  sql "select to_jsonb(l) - array['run_id', 'file_id', 'line_no'] from cdr.leg l order by leg_key"
}

for order in 'a b' 'b a' ab ba; do
  fresh_db
  for file in $order; do
    exits "load $file of $order" 0 --tz Europe/Kyiv --json load "$work/$file.csv"
    jq -c '.files[0] | [.inserted, .updated + .unchanged, .duplicate]' "$work/out" >>"$work/counts.$order"
  done
  expect "$order"
  legs >"$work/legs.$order"
  equal "$order: statistics are counted from the legs" 0 "$(unlike 2020-01-01Z)"
done
for order in 'b a' ab ba; do
  equal "the legs of $order are those of a b" '' "$(diff "$work/legs.a b" "$work/legs.$order" | cut -c1-2000)"
done
for order in 'a b' 'b a'; do
  equal "$order: counts" "[$count,0,0] [0,$count,0]" "$(tr '\n' ' ' <"$work/counts.$order" | sed 's/ $//')"
done
for order in ab ba; do
  equal "$order: counts" "[$count,0,$count]" "$(cat "$work/counts.$order")"
done

# A second time nothing is news.
before=$(legs)
{ cat "$work/a.csv"; echo; } >"$work/again.csv"
exits 'one of them again, in other bytes' 0 --tz Europe/Kyiv --json load "$work/again.csv"
equal 'nothing is updated' "[0,0,$count]" "$(jq -c '.files[0] | [.inserted, .updated, .unchanged]' "$work/out")"
equal 'and the legs are as they were' "$before" "$(legs)"

# A leg to a far number without a gateway is an attempt where nobody names gateways.  Where an
# export does, it is the employee's own phone, whatever a poorer export adds later.
captions='id;created_at;hangup_at;direction;from;destination;gateway;duration;bill_sec;cause;queue;agent'
call='2026-06-10 12:00:00;2026-06-10 12:00:40;outbound;1001;380671112233;;40;0;NO_ANSWER;;'
trunk='2026-06-10 12:00:00;2026-06-10 12:00:40;outbound;380440001122;380671112233;Vega;40;0;NO_ANSWER;;'
printf '%s\n' "$captions" "$(key 1);$call" "$(key 2);$trunk" >"$work/rich.csv"
printf '%s\n' "$captions" "$(key 1);${call/;40;/;50;}" >"$work/poor.csv"
printf '%s\n' "$captions" "$(key 1);${call/ANSWER;/ANSWER;sales}" >"$work/queue.csv"
printf '%s\n' "$captions" "$(key 1);${call}Olena" >"$work/agent.csv"
for order in 'poor queue' 'poor rich' 'rich poor' 'rich poor queue agent' 'queue poor rich agent'; do
  fresh_db
  for file in $order; do exits "load $file of $order" 0 --tz Europe/Kyiv load "$work/$file.csv"; done
  equal "$order: the phone's leg is an attempt" "$([[ $order = *rich* ]] && echo 0 || echo 1)" \
    "$(sql "select count(*) from cdr.attempt where leg_key = '$(key 1)'")"
  equal "$order: statistics are counted from the legs" 0 "$(unlike 2020-01-01Z)"
done

# A parent that is named beats one found by adjacency, though that export says more, and
# adjacency beats none.  Legs without id, known again by what they say.
captions='created_at;direction;from;destination;extension;duration;bill_sec;cause;parent_id;queue'
caller='2026-06-10 12:00:00;outbound;1001;380671112233;1001;40;0;NO_ANSWER;;'
below='2026-06-10 12:00:00;;380440001122;380671112233;;40;0;USER_BUSY'
printf '%s\n' "$captions" "$caller" "$below;;sales" >"$work/adjacent.csv"
printf '%s\n' "$captions" "$below;;" >"$work/alone.csv"
printf '%s\n' "$captions" "$below;$parent;" >"$work/named.csv"
for order in 'alone adjacent' 'adjacent alone' 'adjacent named' 'named adjacent' 'alone named adjacent'; do
  fresh_db
  for file in $order; do exits "load $file of $order" 0 --tz Europe/Kyiv load "$work/$file.csv"; done
  equal "$order: the parent" "$([[ $order = *named* ]] && echo "1 $parent b id sales" || echo '1 found b adjacency sales')" \
    "$(sql "select count(*) over () || ' ' || case when b.call_key = a.leg_key then 'found' else b.call_key::text end
        || ' ' || b.side || ' ' || b.linked_by || ' ' || b.queue
      from (select * from cdr.leg where hangup_cause = 'USER_BUSY' offset 0) b
      cross join (select * from cdr.leg where hangup_cause = 'NO_ANSWER' offset 0) a")"
  equal "$order: statistics are counted from the legs" 0 "$(unlike 2020-01-01Z)"
done
finish
