#!/usr/bin/env bash
# Every mistake of mistakes.table is found, and people are told where and what to do.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
table=tests/cli/rules/mistakes.table
mine=$work/mappings
blocks=0

begin() {
  title=$1 command='' must_fail=1
  expected=()
  rm -rf "$mine"
  cp -r mappings "$mine"
}

# The text as printf writes it, into the file, whose folders are made.
put() {
  mkdir -p "$(dirname "$mine/$1")"
  printf '%b' "${2//\\\"/\\\\\"}" >"$mine/$1"
}

change() {
  if ! jq "$2" "mappings/$1" >"$mine/$1" || cmp -s <(jq -S . "mappings/$1") <(jq -S . "$mine/$1"); then
    bad "$title" "jq changes nothing: $2"
  fi
}

# What is expected, as a regular expression.
pattern() { printf '%s' "$1" | sed 's/[][().*+?|{}^$\\]/\\&/g; s/:N:/:[0-9]+:/g'; }

finish_block() {
  [ -n "$command" ] || return
  local text words
  blocks=$((blocks + 1))
  read -ra words <<<"$command"
  cdretl --mappings "$mine" "${words[@]}"
  if [ "$must_fail" = 1 ] && { [ "$status" != 2 ] && [ "$status" != 4 ]; } ||
    { [ "$must_fail" = 0 ] && [ "$status" != 0 ]; }; then
    bad "$title" "exit $status of: $command"$'\n'"$(cat "$work/err")"
    return
  fi
  for text in "${expected[@]}"; do
    if ! grep -qE -- "$(pattern "$text")" "$work/out" "$work/err"; then
      bad "$title" "not told: $text"$'\n'"$(head -n 8 "$work/out" "$work/err")"
      return
    fi
  done
  good
  command=
}

begin ''
while IFS= read -r line; do
  case $line in
    '# '*)
      finish_block
      begin "${line#\# }"
      ;;
    'jq '*) rest=${line#jq } && change "${rest%% *}" "${rest#* }" ;;
    'write '*) rest=${line#write } && put "${rest%% *}" "${rest#* }" ;;
    'row '*) printf '%s\n' "${line#row }" >>"$mine/cases/core.csv" ;;
    'move '*) read -r _ from to <<<"$line" && mv "$mine/$from" "$mine/$to" ;;
    '$ '*) command=${line#\$ } ;;
    '~ '*) command=${line#\~ } must_fail=0 ;;
    '> '*) expected+=("${line#> }") ;;
  esac
done <"$table"
finish_block
check "there are $blocks of them" test "$blocks" -ge 75
finish
