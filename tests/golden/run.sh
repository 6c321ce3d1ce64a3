#!/usr/bin/env bash
# run.sh [--accept] - every folder beside this script is a command line and what it prints.
#
#   args     words after `cdretl`, run inside the folder (one line, read by the shell)
#   input.*  what they name
#   stdout, stderr, status   what must come of it; --accept writes them anew
#
# The rule set's identity changes with every change of a mapping: it is masked.
set -uo pipefail
cd "$(dirname "$0")" || exit 2
CDRETL=${CDRETL:-$PWD/../../build/debug/cdretl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in $(compgen -e | grep '^CDRETL_'); do unset "$name"; done
passed=0 failed=0

mask() { sed -E 's/("ruleset_id": ?)"[0-9a-f]{64}"/\1"RULESET"/'; }

for args in */args; do
  [ -f "$args" ] || continue
  name=${args%/args}
  (cd "$name" && eval "exec \"$CDRETL\" $(cat args)" </dev/null) >"$work/out" 2>"$work/err"
  echo $? >"$work/status"
  for stream in out err; do mask <"$work/$stream" >"$work/std$stream"; done
  if [ "${1:-}" = --accept ]; then
    cp "$work/stdout" "$work/stderr" "$work/status" "$name/"
    continue
  fi
  differs=
  for file in stdout stderr status; do
    diff -u "$name/$file" "$work/$file" || differs=1
  done
  if [ -z "$differs" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $name"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
