#!/usr/bin/env bash
# An editor that completes and checks by mappings/schema says what the program says: of MUTATIONS
# changed mapping files (300) from SEED on (1), schema and program take and refuse the same.  ajv, where
# npm brings it, says of each what python3-jsonschema says, and has no complaint in its strict mode.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
here=tests/cli/rules/schema_agrees

: "${MUTATIONS:=300}"
[ "${BUILD:-debug}" != asan ] || MUTATIONS=20 # what the reader does with memory, the fuzzers try
python3 -W ignore $here/agree.py "$CDRETL" "$work" "$MUTATIONS" "${SEED:-1}" >"$work/differ" 2>"$work/tally"
equal 'every change was tried' 0 $?
equal 'schema and program agree' '' "$(cat "$work/differ")"
check 'some are taken by both' grep -q 'both take it' "$work/tally"

if ! npm_packages ajv@8.17.1; then
  echo 'schema_agrees: ajv skipped, npm cannot install it'
  finish
fi
NODE_PATH=$npm/node_modules node $here/ajv.cjs mappings/schema <"$work/mutations" >"$work/ajv" 2>"$work/err"
equal 'ajv has no complaint about the schemas' '0 ' "$? $(cat "$work/err")"
equal 'ajv and python-jsonschema say the same' '' "$(paste "$work/verdicts" "$work/ajv" | awk '$1 != $2 { print NR ": " $0 }')"
finish
