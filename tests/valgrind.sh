#!/usr/bin/env bash
# The program under memcheck: a CSV, a compressed JSON, a damaged file, a wrong option.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
CDRETL=${CDRETL:-$PWD/build/debug/cdretl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# under CODE ARGUMENT...: the program ends with CODE and memcheck has nothing to say.
under() {
  local code=$1 out
  shift
  out=$(valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect \
    --errors-for-leak-kinds=definite,indirect "$CDRETL" "$@" 2>&1 >/dev/null)
  if [ $? = "$code" ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    printf 'FAIL cdretl %s\n%s\n' "$*" "$out"
  fi
}

under 0 --tz Europe/Kyiv check --rows csv tests/samples/csv/seed-grid.tsv
under 0 check --rows ndjson tests/samples/json/elasticdump.ndjson.zst
under 0 --json check tests/samples/json/rest-page.json
head -c 900 tests/samples/demo/history-2026-06-01.csv.gz >"$work/truncated.csv.gz"
under 3 --tz Europe/Kyiv check "$work/truncated.csv.gz"
under 1 --tz Europe/Kyiv check --rows ndjson --rejects tests/samples/csv/clock-forward.csv
under 2 --nonsense
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
