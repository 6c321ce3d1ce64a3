#!/usr/bin/env bash
# Every sample export against what tests/samples/expected.json says must come of it:
# each file alone in a fresh database, then the groups, in several orders.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
expected=tests/samples/expected.json
unpack tests/samples/hostile.tar.gz
ln -s "$PWD"/tests/samples/{csv,json,demo} "$work"

# Empty again: far quicker than another database, a hundred times.
clear_db() {
  sql 'delete from cdr.leg; delete from cdr.leg_version; delete from cdr.stat_hour; delete from cdr.stat_day; delete from cdr.rolled_day;
       delete from cdr.reject; delete from cdr.outcome_change; delete from cdr.file_keys; delete from cdr.file; delete from cdr.run'
}

# The state after a load, for samples.jq.  Rows that nodes of Citus send have names behind OFFSET.
state() {
  sql "select json_build_object(
      'legs', (select coalesce(json_agg(l), '[]') from (
         select leg_key, call_key, line_no, side, (extract(epoch from started_at) * 1000)::bigint started_at,
           (extract(epoch from ended_at) * 1000)::bigint ended_at, time_flag, caller, destination, queue,
           provider, hangup_cause, disposition, sip_code, category, confidence, alternatives
         from cdr.leg offset 0) l),
      'calls', (select coalesce(json_agg(c), '[]') from (
         select call_key, (extract(epoch from started_at) * 1000)::bigint started_at,
           category, confidence, alternatives from cdr.call offset 0) c),
      'rejects', (select coalesce(json_agg(r), '[]') from (select code, line_no from cdr.reject) r))"
}

load_sample() { # FILE OPTION...
  cdretl --json load "${@:2}" "$work/$1"
}

one_file() {
  local want=$1 words faults
  mapfile -t words < <(jq -r '.file, .options[]' <<<"$want")
  clear_db
  load_sample "${words[@]}"
  faults=$(state | jq -L tests/cli/exports -r --argjson expected "$want" --argjson status "$status" \
    --slurpfile report "$work/out" 'include "samples"; . + {$expected, $status, report: $report[0]} | faults') ||
    faults="jq failed"
  if [ -z "$faults" ]; then good; else bad "${words[*]}" "$faults"$'\n'"$(head -n 3 "$work/err")"; fi
}

# What must be the same whatever the order: everything but where it came from.
stored() {
  local table query=''
  for table in leg call stat_hour; do
    query+="select '$table', md5(string_agg(t, E'\n' order by t)) from (
        select (to_jsonb(x) - array['run_id', 'file_id', 'line_no', 'extra', 'ruleset_id'])::text t
        from cdr.$table x) rows;"
  done
  sql "$query"
}

# The orders that a group's files are loaded in, one a line.
orders() {
  local files=("$@")
  case ${#files[@]} in
    2) echo "0 1" && echo "1 0" && echo "0 1 0" && echo "1 0 1" ;;
    3) printf '%s\n' "0 1 2" "0 2 1" "1 0 2" "1 2 0" "2 0 1" "2 1 0" "2 1 0 2" ;;
    *)
      seq -s ' ' 0 $((${#files[@]} - 1))
      seq -s ' ' $((${#files[@]} - 1)) -1 0
      ;;
  esac
}

# The files at these PLACES, by one command up to a file that it has had already.
load_in_order() {
  local place given=()
  for place in "$@" end; do
    if [ "$place" = end ] || [[ " ${given[*]:-} " = *" $work/${files[place]} "* ]]; then
      cdretl load "${options[@]}" "${given[@]}"
      given=()
    fi
    [ "$place" = end ] || given+=("$work/${files[place]}")
  done
}

one_group() {
  local want=$1 name options files order first='' now faults
  name="group $(jq -r .name <<<"$want")"
  mapfile -t options < <(jq -r '.options[]' <<<"$want")
  mapfile -t files < <(jq -r '.files[]' <<<"$want")
  while read -ra order; do
    clear_db
    load_in_order "${order[@]}"
    now=$(stored)
    first=${first:-$now}
    equal "$name, order ${order[*]}" "$first" "$now"
    if [ "$first" = "$now" ] && [ "${order[*]}" = "$(seq -s ' ' 0 $((${#files[@]} - 1)))" ]; then
      faults=$(state | jq -L tests/cli/exports -r --argjson want "$want" '
        include "samples";
        . + {status: 0, expected: ($want + {verdict: "loads", exit: [0], inserted: $want.legs}),
          report: {files: [{verdict: "loaded", inserted: $want.legs, calls: $want.calls,
            by_category: $want.legs_by_category, calls_by_category: $want.calls_by_category}]}}
        | faults')
      if [ -z "$faults" ]; then good; else bad "$name" "$faults"; fi
    fi
  done < <(orders "${files[@]}")
}

# The sanitizers watch the reading, which needs no fresh database a file: all at once.
all_files() {
  local options=() words
  while read -r words; do
    read -ra options <<<"$words"
    mapfile -t files < <(jq -r --arg words "$words" --arg work "$work" \
      '.files[] | select((.options | join(" ")) == $words) | $work + "/" + .file' "$expected")
    cdretl --json load "${options[@]}" "${files[@]}"
    check "${#files[@]} files, options '$words'" test "$status" -le 4
    equal 'each is answered' "${#files[@]}" "$(jq '.files | length' "$work/out")"
  done < <(jq -r '[.files[].options | join(" ")] | unique[]' "$expected")
}

fresh_db
if [ "${BUILD:-debug}" = asan ]; then
  all_files
  finish
fi
while read -r want; do one_file "$want"; done < <(jq -c '.files[]' "$expected")
while read -r want; do one_group "$want"; done < <(jq -c '.groups[]' "$expected")
finish
