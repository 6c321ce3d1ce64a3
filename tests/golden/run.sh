#!/usr/bin/env bash
# run.sh [--accept] - every case of the texts beside this script is a command line and what
# it prints.
#
#   === NAME         a case begins; it ends where the next one does
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

# The cases of the text $1 into $work/cases, a file each, named by place and name.
split() {
  rm -rf "$work/cases"
  mkdir "$work/cases"
  awk -v dir="$work/cases" '/^=== / { file = sprintf("%s/%02d-%s", dir, ++n, $2) } { print >file }' "$1"
}

# The files of the case $1 into the folder, and $1 up to its command again.
unpack() {
  awk '/^\$ cdretl / { exit } { print } /^=== / { next } /^--- file / { file = $3; next } { print >file }' "$1"
}

# one_case WANTED: its case as it comes out now is $work/got.
one_case() {
  rm -f ./*
  cp "$golden/../samples/csv/seed-grid.tsv" .
  { unpack "$1" && transcript "$(grep -m 1 '^\$ cdretl ' "$1")" | mask; } >"$work/got"
}

mkdir "$work/files"
cd "$work/files" || exit 2
for text in "$golden"/*.txt; do
  split "$text"
  for wanted in "$work/cases"/*; do
    one_case "$wanted"
    if [ "${1:-}" = --accept ]; then
      cp "$work/got" "$wanted"
    elif diff -u --label "$text" --label got "$wanted" "$work/got"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      echo "FAIL $(basename "$text" .txt): ${wanted##*/??-}"
    fi
  done
  [ "${1:-}" != --accept ] || cat "$work/cases"/* >"$text"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
