#!/usr/bin/env bash
# A call whose legs start more than a day apart is one call: in the view, in the statistics and
# for whoever asks for a period; from one file or several, in any order, also when outcomes
# change, a file is taken back, or a month is purged.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=UTC

a=00000000-0000-4000-8000-0000000000a1
# leg NAME KEY PARENT START DURATION CAUSE: an export of one leg.
leg() {
  printf '{"id":"%s",%s"direction":"outbound","from_number":"1001","to_number":"380671234567","destination":"380671234567","gateway":"gw","created_at":"%s","duration":%s,"bill_sec":%s,"cause":"%s"}\n' \
    "$2" "${3:+\"parent_id\":\"$3\",}" "$4" "$5" "$5" "$6" >"$work/$1.ndjson"
}
leg a $a '' 2026-06-01T10:00:00.000Z 200000 NORMAL_CLEARING
leg b ${a%1}2 $a 2026-06-03T11:00:00.000Z 60 NORMAL_CLEARING
leg c ${a%1}3 $a 2026-06-05T12:00:00.000Z 60 USER_BUSY
leg near ${a%1}4 $a 2026-06-01T10:00:05.000Z 60 USER_BUSY
leg late ${a%1}5 $a 2026-08-15T12:00:00.000Z 60 USER_BUSY
# A call beside each of them, of which nothing may change.
for day in 01 03 05; do
  leg "other$day" 00000000-0000-4000-8000-0000000000"$day" '' 2026-06-"$day"T10:30:00.000Z 20 USER_BUSY
done
others=("$work"/other*.ndjson)

# Calls of the view, of the statistics, of what a month is asked for, and of the three days.
calls() {
  sql "select (select count(*) from cdr.call) || ' ' ||
    (select coalesce(sum(n), 0) from cdr.stat_hour where unit = 'call') || ' ' ||
    (select count(*) from cdr.calls_between('2026-06-01Z', '2026-10-01Z')) || ' ' ||
    (select count(*) from unnest('{2026-06-01Z,2026-06-02Z,2026-06-03Z,2026-06-05Z,2026-08-15Z}'::timestamptz[]) d
       cross join lateral cdr.calls_between(d, d + interval '1 day'))"
}
is_one() { # NAME CALLS LEGS
  equal "$1: calls" "$2 $2 $2 $2" "$(calls)"
  equal "$1: of so many legs" "$3" "$(sql "select legs from cdr.call where call_key = '$a'")"
  equal "$1: the statistics are what the legs come to" 0 "$(unlike -infinity)"
  exits "$1: recount" 0 recount --from 2026-06-01 --to 2026-06-06
}

fresh_db
mapfile -t together < <(cat "$work"/{a,b}.ndjson "${others[@]}")
printf '%s\n' "${together[@]}" >"$work/together.ndjson"
exits 'one file' 0 load "$work/together.ndjson"
is_one 'one file' 4 2
whole=$(stats)
equal 'who looks at a day of the call sees all of it' '2 2' \
  "$(sql "select (select count(*) from cdr.legs_shown('$a', '2026-06-01Z', '2026-06-02Z')) || ' ' || (select count(*) from cdr.legs_shown('$a', '2026-06-03Z', '2026-06-04Z'))")"

# Two files, in both orders; in one run, and in two.
for order in 'a b' 'b a'; do
  fresh_db
  read -r one other <<<"$order"
  exits "$order: first" 0 load "$work/$one.ndjson" "${others[@]}"
  exits "$order: then" 0 load "$work/$other.ndjson"
  is_one "$order" 4 2
  equal "$order: the same as from one" "$whole" "$(stats)"
  fresh_db
  exits "$order: at once" 0 load "$work/$one.ndjson" "${others[@]}" "$work/$other.ndjson"
  is_one "$order, at once" 4 2
  equal "$order: at once, the same" "$whole" "$(stats)"
done

# More legs come, far away and near; again and again.
exits 'a third leg' 0 load "$work/c.ndjson"
is_one 'a third leg' 4 3
exits 'one that is near' 0 load "$work/near.ndjson"
is_one 'one that is near' 4 4
exits 'a second time' 0 load "$work/c.ndjson" "$work/a.ndjson"
is_one 'a second time' 4 4
before=$(stats)

# Outcomes change, a leg at a time.
for key in $a ${a%1}2 ${a%1}3 ${a%1}4; do
  sql "update cdr.leg set category = 'CONGESTION', outcome_group = 'network', confidence = 'probable', rule_id = 'x' where leg_key = '$key'"
done
for key in 2026-06-05 2026-06-01 2026-06-03; do
  exits "recompute of $key" 0 recompute --from "$key" --to "${key%?}$((${key: -1} + 1))"
done
equal 'decided again, it is what it was' "$before" "$(stats)"
is_one 'decided again' 4 4
sql "delete from cdr.stat_hour where hour = '2026-06-03 10:00Z'"
exits 'recount finds what is missing' 0 recount --from 2026-06-01 --to 2026-06-10 --repair
equal 'and mends it' "$before" "$(stats)"

# Taken back, in both orders.
exits 'the third leg goes' 0 unload "$work/c.ndjson"
exits 'and the near one' 0 unload "$work/near.ndjson"
is_one 'taken back' 4 2
equal 'taken back, it is as before' "$whole" "$(stats)"
exits 'the first leg goes' 0 unload "$work/a.ndjson"
is_one 'without its first leg' 4 1
exits 'and comes again' 0 load --again "$work/a.ndjson"
equal 'as before' "$whole" "$(stats)"

# B-legs whose A-leg nobody has.
fresh_db
exits 'two B-legs' 0 load "$work/b.ndjson" "$work/c.ndjson"
is_one 'two B-legs' 1 2
exits 'then their A-leg' 0 load "$work/a.ndjson"
is_one 'then their A-leg' 1 3

# A file may have what two files may not: months between.
fresh_db
cat "$work/a.ndjson" "$work/late.ndjson" >"$work/months.ndjson"
exits 'months between' 0 load "$work/months.ndjson"
is_one 'months between' 1 2
exits 'the first month goes' 0 purge --before 2026-07-01
equal 'what is left is no call' '0 1 0' "$(sql "select (select count(*) from cdr.call) || ' ' ||
  (select sum(n) from cdr.stat_hour where unit = 'call') || ' ' || (select count(*) from cdr.calls_between('2026-06-01Z', '2026-10-01Z'))")"

# A load that is killed before it has looked at other files leaves that to the next.
fresh_db
exits 'a leg' 0 load "$work/a.ndjson"
exits 'another' 0 load "$work/b.ndjson"
sql "delete from cdr.far_call; update cdr.file set is_joined = false where name like '%/b.ndjson'"
exits 'the next load' 0 load "${others[0]}"
is_one 'the next load' 2 2
finish
