#!/usr/bin/env bash
# What the program writes: files whole or not at all, devices and links left as they are,
# no cell that a spreadsheet computes, nothing that a terminal obeys.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=UTC

fresh_db
{
  echo uuid,created_time,caller_id_number,destination_number,duration,hangup_cause,gateway
  echo '3f6f6f36-9c21-4a0e-8f77-000000000001,2026-03-02T10:00:00Z,380671234567,380441112233,5,NO_ANSWER,=1+1'
  printf '3f6f6f36-9c21-4a0e-8f77-000000000002,2026-03-02T10:01:00Z,380671234567,380441112233,5,NO_ANSWER,\033]0;owned\007\302\2331m\n'
  echo '3f6f6f36-9c21-4a0e-8f77-000000000003,2026-13-02T10:02:00Z,+380671234567,380441112233,5,NO_ANSWER,"=cmd|'"' /C calc'"'!A0"'
} >"$work/calls.csv"
exits 'cells that a stranger filled' 1 load "$work/calls.csv"

# --- files -----------------------------------------------------------------
out=$work/out.html
from=(report --from 2026-03-01 --to 2026-04-01)
exits 'a new file' 0 "${from[@]}" --out "$out"
check 'is there' grep -q '</html>' "$out"
chmod 640 "$out"
echo old >"$out"
ln "$out" "$work/other"
exits 'a file that is there' 0 "${from[@]}" --out "$out"
check 'is replaced' grep -q '</html>' "$out"
equal 'by another, so that no reader sees a part' old "$(cat "$work/other")"
equal 'with its permissions' 640 "$(stat -c %a "$out")"
equal 'and nothing lies beside it' "$(printf 'calls.csv\nerr\nother\nout\nout.html')" "$(find "$work" -mindepth 1 -maxdepth 1 ! -name 'tmp*' -printf '%f\n' | sort)"
for to in "${from[*]} --out" 'status --max-data-age 1000000 --metrics'; do
  # A device of our own: what happened to /dev/null must not happen to the machine's.
  if mknod "$work/null" c 1 3 2>"$work/err"; then
    # shellcheck disable=SC2086 # words
    exits "$to: a device" 0 $to "$work/null"
    check "$to: it is one still" test -c "$work/null"
    rm -f "$work/null"
  fi
  echo old >"$work/target"
  ln -s target "$work/link"
  # shellcheck disable=SC2086
  exits "$to: a link" 0 $to "$work/link"
  check "$to: it is one still" test -L "$work/link"
  check "$to: what it leads to is written" test "$(wc -c <"$work/target")" -gt 100
  rm -f "$work/link"
  mkfifo "$work/pipe"
  cat "$work/pipe" >"$work/piped" &
  # shellcheck disable=SC2086
  exits "$to: a pipe" 0 $to "$work/pipe"
  wait $!
  check "$to: it got all" test "$(wc -c <"$work/piped")" -gt 100
  # shellcheck disable=SC2086
  exits "$to: a pipe that nobody reads" 2 $to "$work/pipe"
  rm -f "$work/pipe"
  # shellcheck disable=SC2086
  exits "$to: no such folder" 2 $to "$work/none/file"
  says "$to: no such folder" 'none/file: cannot be written'
  # shellcheck disable=SC2086
  exits "$to: a folder" 2 $to "$work"
done
exits 'a full disk' 2 "${from[@]}" --out /dev/full
says 'a full disk' '/dev/full: cannot be written: no space'
check 'it is a device still' test -c /dev/full

# --- spreadsheets ----------------------------------------------------------
exits 'rows' 1 check --rows csv "$work/calls.csv"
check 'rows: no formula' grep -qF ",'=1+1," "$work/out"
file=$(sql 'select file_id from cdr.file')
exits 'rejects' 0 rejects export --file "$file" --out "$work/mend.csv"
check 'rejects: no formula' grep -qF "\"'=cmd|' /C calc'!A0\"" "$work/mend.csv"
check 'rejects: a number with + is a text' grep -qF ",'+380671234567," "$work/mend.csv"
sed -i 's/2026-13/2026-03/' "$work/mend.csv"
exits 'mended they load' 0 rejects replay --file "$file" "$work/mend.csv"
equal 'and say what they said' "+380671234567|=cmd|' /C calc'!A0" \
  "$(sql "select caller, gateway from cdr.leg where leg_key::text like '%3'")"
exits 'tables' 0 stats --by gateway --unit call --csv --from 2026-03-01 --to 2026-04-01
check 'tables: no formula' grep -qE "^.?'=1\+1" "$work/out"

# --- terminals -------------------------------------------------------------
bad=$(printf '\033]0;owned\007')
cp "$work/calls.csv" "$work/$bad.csv"
exits 'a name in an error' 3 load "$work/$bad"
says 'a name in an error' '\\x1b\]0;owned\\x07: cannot be opened'
exits 'a name in a report' 0 load "$work/$bad.csv"
check 'a name in a report' grep -qF '\x1b]0;owned\x07.csv: already loaded' "$work/out"
exits 'cells in a table' 0 stats --by gateway --unit call --from 2026-03-01 --to 2026-04-01
check 'cells in a table' grep -qF '\x1b]0;owned\x07\u009b1m' "$work/out"
exits 'cells in a probe' 0 probe "$work/calls.csv"
check 'cells in a probe' grep -qF '\x1b]0;owned\x07\u009b1m' "$work/out"
for command in "check --rows csv $work/calls.csv" "probe $work/calls.csv" "rejects list --csv"; do
  script -qec "$CDRETL -q $command" /dev/null </dev/null >"$work/seen" 2>&1
  check "$command: a terminal was there" grep -qv "^script: " "$work/seen"
  equal "$command: a terminal gets nothing to obey" '' "$(LC_ALL=C tr -d '\n\r -~\200-\377' <"$work/seen" | od -c | head -n 3 | grep -v '^0000000$')"
done
check 'a pipe gets the bytes' grep -q "$(printf '\033')" <("$CDRETL" check --rows csv "$work/calls.csv")
finish
