#!/usr/bin/env bash
# run.sh [--accept] - every NAME.txt beside this script is a command line and what it prints.
#
#   --- file NAME    an export that the command reads: the lines below it
#   ...
#   $ cdretl ...     the words, read by the shell in a folder with that file and with the
#                    samples' seed-grid.tsv
#   ...              what must stand on stdout
#   --- stderr       and what on stderr
#   ...
#   --- exit N       and how it must end
#
# --accept writes the texts anew.  The rule set's identity changes with every change of a
# mapping: it is masked.
set -uo pipefail
cd "$(dirname "$0")" || exit 2
golden=$PWD
CDRETL=${CDRETL:-$PWD/../../build/debug/cdretl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in $(compgen -e | grep '^CDRETL_'); do unset "$name"; done
passed=0 failed=0

# transcript LINE: the line, and what came of it.
transcript() {
  local status=0
  printf '%s\n' "$1"
  eval "\"$CDRETL\" ${1#\$ cdretl }" </dev/null 2>"$work/stderr" || status=$?
  echo '--- stderr'
  cat "$work/stderr"
  echo "--- exit $status"
}

mask() { sed -E 's/("ruleset_id": ?)"[0-9a-f]{64}"/\1"RULESET"/'; }

# The files of the text $1 into the folder, and $1 up to its command again.
unpack() {
  awk '/^\$ cdretl / { exit } { print } /^--- file / { file = $3; next } { print >file }' "$1"
}

mkdir "$work/files"
cd "$work/files" || exit 2
for wanted in "$golden"/*.txt; do
  rm -f ./*
  cp "$golden/../samples/csv/seed-grid.tsv" .
  line=$(grep -m 1 '^\$ cdretl ' "$wanted")
  { unpack "$wanted" && transcript "$line" | mask; } >"$work/got"
  if [ "${1:-}" = --accept ]; then
    cp "$work/got" "$wanted"
  elif diff -u "$wanted" "$work/got"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL $(basename "$wanted" .txt)"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
