#!/usr/bin/env bash
# run.sh [--minutes N] [--seed S] [--only SEED] - samples changed by dice, through the whole
# program.  Of every one of them:
#
#   * `check` says of it what `load` says who loads it into an empty database;
#   * legs and calls of every category are as many as were reported;
#   * the statistics are what counting its legs gives;
#   * a recomputation changes nothing;
#   * the same in another dress (delimiter, quotes, encoding, packing) adds nothing;
#   * the same file is known, and when both are taken back, nothing is left;
#   * both at once, over two connections, are as one (every third case).
#
# The short form plays 25 cases (under the sanitizers 8), the same ones every time.  A case that fails is printed with
# its seed: `--only SEED` repeats it, with KEEP=DIR its files stay in DIR.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
export CDRETL_TZ=Europe/Kyiv

until=0 seed=1 cases=25 only=
[ "${BUILD:-debug}" != asan ] || cases=8 # the fuzzers have been there, with more
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) until=$((SECONDS + $2 * 60)) cases=1000000 ;;
    --seed) seed=$2 ;;
    --only) only=$2 ;;
    *) echo "run.sh: unknown option $1" >&2 && exit 2 ;;
  esac
  shift 2
done
mutate=build/${BUILD:-debug}/tests/differential/mutate
mapfile -t samples < <(find tests/samples/csv tests/samples/json -name '*.[cntj]s*' |
  grep -E '\.(csv|tsv|json|ndjson)$' | LC_ALL=C sort)

# What a run says of its file, but for what only one of the two can know.
told() {
  jq -S '[.files[] | del(.sha256, .name, .verdict, .existing_run) | .reason |= (. // "" | sub("^[^ ]*/(mutated|twin): "; ""))],
    (.run.exit)' "$work/$1.json" 2>/dev/null || cat "$work/$1.err"
}

fault() { faults+="$1"$'\n'"$(head -n 15 <<<"${2:-}" | cut -c 1-600)"$'\n'; }

# The statistics against the legs, and the calls against the statistics.
look() { # WHEN
  local wrong
  wrong=$(unlike -infinity)
  [ "$wrong" = 0 ] || fault "$1: $wrong rows of the statistics are not what the legs give"
  wrong=$(sql "select (select count(*) from cdr.call) - (select coalesce(sum(n), 0) from cdr.stat_hour where unit = 'call')")
  [ "$wrong" = 0 ] || fault "$1: $wrong calls that the statistics do not count"
}

look_at_report() {
  local said stored
  said=$(reported "$work/load.json")
  stored=$(counted)
  [ "$said" = "$stored" ] || fault 'the report is not what is stored' "$(diff <(jq . <<<"$said") <(jq . <<<"$stored"))"
}

do_run() { # NAME ARGUMENT...
  "$CDRETL" --json "${@:2}" >"$work/$1.json" 2>"$work/$1.err" </dev/null
  status=$?
  case $status in 0 | 1 | 3 | 6) ;; *) fault "$1 ends with $status" "$(cat "$work/$1.err")" ;; esac
}

# The twin of a file that was loaded: known legs, and nothing else.
look_at_twin() {
  local before=$1 counts
  do_run twin load --max-rejects 100% "$work/twin"
  counts=$(jq -r '.files[0] | "\(.inserted) \(.updated)"' "$work/twin.json")
  [ "$counts" = '0 0' ] || [ "$(jq -r '.files[0].verdict' "$work/twin.json")" = existing ] ||
    fault "the twin brings something: inserted, updated: $counts" "$(diff <(told load) <(told twin))"
  [ "$before" = "$(facts)" ] || fault 'the twin changes something' "$(diff <(echo "$before") <(facts))"
}

look_at_unload() {
  do_run unload unload "$work/mutated" "$work/twin"
  [ "$(sql 'select (select count(*) from cdr.leg) + (select count(*) from cdr.stat_hour) + (select count(*) from cdr.leg_version)
      + (select count(*) from cdr.leg_source) + (select count(*) from cdr.leg_record)')" = 0 ] ||
    fault 'taken back, something is left' "$(facts)"
}

# File and twin, whoever of the two is first: every leg is told by both at the same time.
look_at_jobs() {
  do_run jobs load --jobs 2 --max-rejects 100% "$work/mutated" "$work/twin"
  [ "$1" = "$(facts)" ] || fault 'two at once differ from one' "$(diff <(echo "$1") <(facts))"
  look '--jobs 2'
}

one_case() { # SEED
  local sample=${samples[$1 % ${#samples[@]}]} how before
  faults=
  how=$("$mutate" "$1" "$sample" "$work/mutated" "$work/twin") || fault "mutate failed"
  do_run check check --max-rejects 100% "$work/mutated"
  do_run load load --max-rejects 100% "$work/mutated"
  [ "$(told check)" = "$(told load)" ] || fault 'check and load differ' "$(diff <(told check) <(told load))"
  if [ "$status" -le 1 ]; then
    before=$(facts)
    look load
    look_at_report
    do_run recompute recompute --from 1990-01-01 --to 2100-01-01
    [ "$before" = "$(facts)" ] || fault 'recompute changes something' "$(diff <(echo "$before") <(facts))"
    look_at_twin "$before"
    look_at_unload
    [ $(($1 % 3)) != 0 ] || look_at_jobs "$before"
  elif [ "$(sql 'select count(*) from cdr.leg')" != 0 ]; then
    fault 'it was refused, but legs are there'
  fi
  if [ -z "$faults" ]; then good; else
    bad "--only $1: $sample: $how" "$faults"
    [ -z "${KEEP:-}" ] || { mkdir -p "$KEEP" && for f in mutated twin; do cp "$work/$f" "$KEEP/$1.$f"; done; }
  fi
  clear_db
}

fresh_db
if [ -n "$only" ]; then
  one_case "$only"
  finish
fi
began=$seed
while [ "$seed" -lt $((began + cases)) ] && { [ "$until" = 0 ] || [ "$SECONDS" -lt "$until" ]; }; do
  # Months that hostile dates ask for stay behind: not for ever.
  if [ $((seed % 50)) = 49 ]; then
    old=$PGDATABASE
    empty_db "$template"
    drop_db "$old"
  fi
  one_case "$seed"
  seed=$((seed + 1))
done
finish
