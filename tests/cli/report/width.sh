#!/usr/bin/env bash
# Tables on terminals of 80, 120 and 200 columns, and narrower ones: no line is wider, by what
# characters take on a screen (Cyrillic one column, Chinese two, combining marks none); bars
# are whole; what was left out is said; numbers are never cut.  Elsewhere all of it is there.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

# on COLUMNS ARGUMENT...: the program on a terminal so wide; what it shows is in $work/out
on() {
  local columns=$1
  shift
  script -qec "stty rows 40 cols $columns; exec $(printf '%q ' "$CDRETL" "$@") 2>/dev/null" /dev/null </dev/null | tr -d '\r' >"$work/out"
}
# What stands behind each line "@ name" in $work/out: the name, how many lines, and the widest,
# as Python's tables of Unicode count it.
widths() {
  python3 -c 'import sys, unicodedata as u
def width(c): return 0 if u.combining(c) or u.category(c) in ("Mn", "Me", "Cf") else 2 if u.east_asian_width(c) in "WF" else 1
for part in open(sys.argv[1], encoding="utf-8").read().split("\n@ ")[1:]:
    name, *lines = part.rstrip("\n").split("\n")
    print(name, len(lines), max((sum(map(width, l)) for l in lines), default=0), sep="|")' "$work/out"
}
# fit COLUMNS: what $work/commands says (a name and the program's arguments a line), on one terminal
fit() {
  local columns=$1 name lines wide seen=0
  while IFS='|' read -r name arguments; do
    printf 'echo; echo "@ %s"; "%s" %s 2>/dev/null\n' "$name" "$CDRETL" "$arguments"
  done <"$work/commands" >"$work/all"
  script -qec "stty rows 40 cols $columns; sh $work/all" /dev/null </dev/null | tr -d '\r' >"$work/out"
  while IFS='|' read -r name lines wide; do
    seen=$((seen + 1))
    check "$name at $columns: says something" test "$lines" -gt 2
    check "$name at $columns: no line wraps ($wide)" test "$wide" -le "$columns"
  done < <(widths)
  equal "all were shown at $columns" "$(wc -l <"$work/commands")" "$seen"
}

fresh_db
exits 'the demo loads' 0 -q --tz Europe/Kyiv load tests/samples/demo
unpack tests/samples/hostile.tar.gz
cdretl -q --tz Europe/Kyiv load "$work/hostile/dates.csv"
sql "delete from cdr.rolled_day; update cdr.stat_hour set queue = case (extract(epoch from hour) / 3600)::int % 3
    when 0 then 'Отдел по работе с очень важными клиентами Днепропетровской области'
    when 1 then '客户服务中心第一呼叫队列的全名非常长而且没有空格所以必须折叠' else 'Cafe' || U&'\\0301' || ' du Nord' end
  where queue is not null;
  update cdr.stat_hour set gateway = 'магістраль-' || gateway where gateway is not null"
{
  echo 'stats|stats'
  for by in day carrier gateway queue category hour agent inbound missed caller contact trunk operator country prefix change before; do echo "stats by $by|stats --by $by"; done
  echo 'stats in Ukrainian|stats --lang uk'
  echo 'numbers|numbers --from 2026-06-01 --to 2026-06-15 --tries 2'
  echo 'status|status'
  echo 'rejects|rejects list'
  echo 'check|--tz Europe/Kyiv check tests/samples/demo/history-2026-06-01.csv.gz'
} >"$work/commands"
for columns in 80 120 200; do fit $columns; done
echo 'stats by queue|stats --by queue --unit call' >"$work/commands"
for columns in 40 60 100; do fit $columns; done

on 80 stats --by day
check 'unit, period and zone stand above' grep -qE '^Key figures by day: attempts from 20[0-9-]+ to 20[0-9-]+ \(Europe/Kyiv\)$' "$work/out"
check 'what was left out is said' grep -q 'left out at this width: .*naive ASR %' "$work/out"
days=$(sql "select count(*) from cdr.kpi_day where unit = 'attempt'")
equal 'a day is a line' "$days" "$(grep -cE '^ *20[0-9]{2}-' "$work/out")"
on 120 stats --by day
check 'a bar is whole' grep -qE '[█▏▎▍▌▋▊▉]$' "$work/out"
equal 'no bar has a line of its own' 0 "$(grep -cE '^ *[█▏▎▍▌▋▊▉]+$' "$work/out")"
on 200 stats --by day
equal 'nothing is left out of a wide one' 0 "$(grep -c 'left out' "$work/out")"
on 50 stats --by queue --unit call
check 'a long name goes on below' grep -q '第一呼叫\|客户服务' "$work/out"
equal 'and is all there' '客户服务中心第一呼叫队列的全名非常长而且没有空格所以必须折叠' \
  "$(sed -n '/客户/,/折叠/p' "$work/out" | grep -oP '\p{Han}+' | tr -d '\n')"
exits 'in a pipe' 0 stats --by day
equal 'all of it is there' 0 "$(grep -c 'left out' "$work/out")"
check 'the naive reading, too' grep -q 'naive ASR %' "$work/out"
COLUMNS=80 exits 'a pipe of a width' 0 stats --by day
check 'is one' grep -q 'left out' "$work/out"
finish
