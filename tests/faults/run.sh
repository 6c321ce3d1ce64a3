#!/usr/bin/env bash
# run.sh [--full] [--seed N] [KIND...] - the program, its connection, its server and its
# disk fail at random points of a load, a merge, a recomputation, a purge, a forgetting and the
# ways of files out of a spool;
# what is left is what was before or what comes after, and the same command once more ends at after.
#
# Kinds: kill signal connection server disk race (all).  Without --full a few of each, for
# `make test`; FAULTS_VERBOSE=1 tells every shot.  The seed is printed; given again, the
# points are the same.
set -u
cd "$(dirname "$0")/../.." || exit 2
if [ -z "${FAULTS_SERVER:-}" ]; then
  # A server of its own, which may die.
  exec env -u ETL_TEST_DB FAULTS_SERVER=1 TZ=UTC scripts/with-pg "$PWD/tests/faults/run.sh" "$@"
fi

seed=$(($(date +%s) % 32768)) full=
wanted=()
while [ $# -gt 0 ]; do
  case $1 in
    --full) full=1 ;;
    --seed) seed=$2 && shift ;;
    kill | signal | connection | server | disk | race) wanted+=("$1") ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
  esac
  shift
done
[ "${#wanted[@]}" -gt 0 ] || wanted=(kill signal connection server disk race)

# shellcheck source=tests/faults/lib.bash
. tests/faults/lib.bash
not_on_citus 'the server of its own that it starts, and kills, is plain PostgreSQL'
# shellcheck source=tests/faults/kinds.bash
. tests/faults/kinds.bash
declare -A short_of=([kill]=8 [signal]=1 [connection]=1 [server]=1 [disk]=1 [race]=1)
declare -A full_of=([kill]=200 [signal]=20 [connection]=50 [server]=50 [disk]=6 [race]=10)

make_inputs
for victim in "${victims[@]}"; do rear "$victim"; done
echo "seed $seed"
races=
for kind in "${wanted[@]}"; do
  if [ -n "$full" ]; then "faults_$kind" "${full_of[$kind]}"; else "faults_$kind" "${short_of[$kind]}"; fi
done
[ "${#kinds[@]}" = 0 ] || print_table
[ -z "$races" ] || echo "$races"
for column in ${full:+start open read COPY merge statistics commit move end}; do
  [ -z "${shots_in[kill -9 shots]:-}" ] || check "kill -9 hit the phase $column" test "${shots_in[kill -9 $column]:-0}" -gt 0
done
finish
