#!/usr/bin/env bash
# Standard input: a load reads it more than once, wherever it comes from, and leaves
# nothing of it behind.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
sample=tests/samples/json/es-cdr-a.ndjson
records=$(wc -l <"$sample")
export TMPDIR=$work/tmp
mkdir "$TMPDIR"

# from NAME CODE COMMAND...: what comes in by `<` or a pipe is left to COMMAND.
from() {
  local name=$1 code=$2
  shift 2
  "$CDRETL" "$@" >"$work/out" 2>"$work/err"
  equal "$name" "$code" $?
}

fresh_db
exits 'a file by its name' 0 --tz UTC load "$sample"
wanted=$(digest)
exits 'check of it' 0 --json --tz UTC check "$sample"
counted=$(jq -S '.files[0] | del(.name)' "$work/out")

fresh_db
from 'a file that is standard input' 0 --tz UTC load - <"$sample"
equal 'is as good as by its name' "$wanted" "$(digest)"
from 'once more' 0 --json --tz UTC load - <"$sample"
equal 'is known by its bytes' already_loaded "$(jq -r '.files[0].verdict' "$work/out")"

fresh_db
from 'a packed pipe' 0 --tz UTC load - < <(gzip -c "$sample")
equal 'is as good' "$wanted" "$(digest)"
from 'check of a pipe' 0 --json --tz UTC check - < <(cat "$sample")
equal 'counts the same' "$counted" "$(jq -S '.files[0] | del(.name)' "$work/out")"

# Who reads a line of it first hands on the rest, and finds it there afterwards.
fresh_db
{
  read -r first
  from 'the rest of a file' 0 --json --tz UTC load -
  read -r second
} <"$sample"
equal 'is all but the first record' $((records - 1)) "$(jq .files[0].records "$work/out")"
equal 'and stands where it stood' "$(sed -n 2p "$sample")" "$second"
check 'which was not the first line' test "$first" != "$second"

# Streams that came closed: nothing that we open takes their place, and nobody waits.
from 'no standard input at all' 3 check - <&-
says 'is said' 'standard input.*Bad file descriptor|-: .*Bad file descriptor'
"$CDRETL" --tz UTC check "$sample" >&- 2>"$work/err"
equal 'no standard output: exit 2' 2 $?
says 'no standard output is said' 'could not be written to stdout'

# A name in no encoding of ours: it is opened as it is, and told as well as can be.
stranger=$work/$'caf\xe9.ndjson'
cp "$sample" "$stranger"
exits 'a name that is no UTF-8' 0 --json --tz UTC load "$stranger"
equal 'is told with a mark' $'caf\ufffd.ndjson' "$(jq -r '.files[0].name | split("/")[-1]' "$work/out")"
exits 'a missing file of such a name' 3 --log-format json check "$work/"$'\xe9'
check 'is told in JSON' jq -se 'any(.[]; .message // "" | contains("No such file"))' "$work/err"

# Killed in the middle, with half a pipe read: what was kept of it is nobody's to find.
fresh_db
mkfifo "$work/pipe"
"$CDRETL" --tz UTC load - <"$work/pipe" >/dev/null 2>&1 &
reader=$!
exec 9>"$work/pipe"
head -n 3 "$sample" >&9
# shellcheck disable=SC2317 # called by name
has_temp() { find "/proc/$reader/fd" -lname "$TMPDIR/*" | grep -q .; }
check 'a pipe is kept in TMPDIR' await has_temp
kill -9 "$reader"
wait "$reader" 2>/dev/null
exec 9>&-
equal 'killed: nothing stays in TMPDIR' '' "$(ls -A "$TMPDIR")"

TMPDIR=$work/nowhere from 'no room for a pipe' 2 --tz UTC load - < <(cat "$sample")
says 'no room for a pipe' 'nowhere: no temporary file: .*TMPDIR'
equal 'nothing was kept' 0 "$(sql 'select count(*) from cdr.leg')"
finish
