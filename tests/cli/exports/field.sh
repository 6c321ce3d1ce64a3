#!/usr/bin/env bash
# What people's own exports taught: small files rebuilt from public reports of this trade, and
# what the database must say of them.  The cases are text, one file a kind of fault:
# tests/cli/exports/field/*.txt.  `tests/cli/exports/field.sh rules numbers` runs the files so named alone.
#
#   case A SENTENCE                  begins a case, in a database of its own
#   why THE REASON                   of the values expected; a case without one fails
#   load NAME [OPTION...]            loads tests/samples/NAME; with indented lines below it,
#       A LINE OF THE FILE           the file NAME is made of them (four blanks are cut)
#   run COMMAND [ARGUMENT...]        runs cdretl; NAMEs made before are found in its folder
#   exit CODE                        how the last load or run ended: 0 where nothing is said
#   says TEXT                        TEXT (a regular expression) stands on its stderr
#   sql QUERY                        of the database, in one line
#   is ROW                           a row expected of QUERY, columns parted by |; one `is` a
#                                    row, none where none is expected
#
# Lines that begin with # and empty ones are skipped.  Times without a zone are read in
# Europe/Kyiv; the database answers in UTC.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv PGTZ=UTC

name='' why='' query='' wanted='' made='' status=0 code=''

# The answers collected so far against what the last query says.
close_query() {
  [ -n "$query" ] || return 0
  local got
  got=$(sql "$query" 2>&1)
  equal "$name: $query"$'\n'"     ($why)" "$wanted" "$got"
  query='' wanted=''
}

# The last load or run must have ended as said.
close_command() {
  [ -n "$code" ] || return 0
  if [ "$status" = "$code" ]; then good; else
    bad "$name: exit $status, not $code" "$(cat "$work/err")"
  fi
  code=''
}

close_case() {
  close_command
  close_query
  if [ -n "$name" ] && [ -z "$why" ]; then bad "$name: no reason is given"; fi
  name='' why=''
}

# The file that a `load` names: a sample, or one made of the lines below it.
load_file() {
  local file=tests/samples/$1
  shift
  [ -z "$made" ] || file=$made
  cdretl load "$@" "$file"
  code=0
}

# Is the line below of the input a line of a file?  Then make it, of all such.
make_file() {
  made=''
  [[ ${lines[at]:-} = "    "* ]] || return 0
  made=$work/files/$1
  mkdir -p "$(dirname "$made")"
  : >"$made"
  while [[ ${lines[at]:-} = "    "* ]]; do
    printf '%s\n' "${lines[at]#    }" >>"$made"
    at=$((at + 1))
  done
}

# One line of a file of cases; `load` takes the indented lines below it along.
step() {
  local word=${1%% *} rest=${1#* } words
  case $word in
    case)
      close_case
      name=$file:$at:\ $rest
      rm -rf "$work/files"
      fresh_db
      ;;
    why) why=$rest ;;
    load)
      close_command
      close_query
      read -ra words <<<"$rest"
      make_file "${words[0]}"
      load_file "${words[@]}"
      ;;
    run)
      close_command
      close_query
      read -ra words <<<"$rest"
      mkdir -p "$work/files"
      (cd "$work/files" && "$CDRETL" "${words[@]}" >"$work/out" 2>"$work/err" </dev/null)
      status=$?
      code=0
      ;;
    exit) code=$rest ;;
    says) check "$name: says $rest" grep -qE -- "$rest" "$work/err" ;;
    sql)
      close_command
      close_query
      query=$rest
      ;;
    is) wanted+=${wanted:+$'\n'}$rest ;;
    *) bad "$file:$at: '$word' is no step" ;;
  esac
}

run_file() {
  local file=$1 lines at=0 line
  mapfile -t lines <"$file"
  while [ "$at" -lt "${#lines[@]}" ]; do
    line=${lines[at]}
    at=$((at + 1))
    case $line in
      '' | '#'*) ;;
      *) step "$line" ;;
    esac
  done
  close_case
}

files=("${@/#/tests/cli/exports/field/}")
files=("${files[@]/%/.txt}")
[ $# -gt 0 ] || files=(tests/cli/exports/field/*.txt)
for each in "${files[@]}"; do run_file "$each"; done
finish
