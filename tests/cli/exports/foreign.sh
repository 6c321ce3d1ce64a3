#!/usr/bin/env bash
# What people give a loader by mistake: each is named, with what to do, and leaves nothing.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
mkdir "$work/odd"
cd "$work/odd" || exit 2
printf 'id;created_at;cause\n3f6f6f36-9c21-4a0e-8f77-000000000001;1717483428123;USER_BUSY\n' >good.csv

# refused NAME TEXT: probe and check refuse the file NAME with TEXT, and make no other.
refused() {
  local before
  before=$(ls -A)
  for command in probe check; do
    exits "$command $1" 3 --mappings "$top/mappings" --tz UTC "$command" "$1"
    says "$command $1" "$1: .*$2"
  done
  equal "$1 leaves nothing" "$before" "$(ls -A)"
}
top=$OLDPWD

printf '%%PDF-1.7\n%%\342\343\317\323\n1 0 obj\n' >call.pdf
refused call.pdf 'a PDF document: export CSV'
printf '\211PNG\r\n\032\n\000\000\000\rIHDR' >screen.png
refused screen.png 'a picture'
printf 'SQLite format 3\000\020\000' >calls.sqlite
refused calls.sqlite 'an SQLite database: export its table as CSV'
printf 'From olha@example.com Wed Nov  4 08:43:48 2020\nSubject: calls\n\nsee below\n' >mail.mbox
refused mail.mbox 'no caption line .*export it again with its header'
printf '<!DOCTYPE html><html><body>Please log in</body></html>' >history.csv
refused history.csv 'a page of HTML, perhaps a log-in form'
printf ',,,,,\n,,,,,\n' >commas.csv
refused commas.csv 'no caption line'
head -c 1048576 /dev/zero | tr '\0' a >line.txt
refused line.txt 'no caption line'
head -c 70000 /dev/zero >zeros
refused zeros 'NUL bytes: this is no text'
tar cf calls.tar good.csv
refused calls.tar 'a tar archive: unpack it'
begins='{"id":"3f6f6f36-9c21-4a0e-8f77-000000000001","created_at":1717483428123,"cause":"USER_BUSY","mine":"'
printf '%s%*sustar"}\n' "$begins" $((257 - ${#begins})) '' >by-chance.json
equal 'a text that says ustar where a tar does' ustar "$(tail -c +258 by-chance.json | head -c 5)"
exits 'is none' 0 --mappings "$top/mappings" --tz UTC check by-chance.json
gzip -kc calls.tar >calls.tgz
refused calls.tgz 'a tar archive'
gzip -c good.csv | gzip >twice.gz
refused twice.gz 'packed twice: unpack it once'
printf '"history"' >string.json
refused string.json 'a single value of JSON'
printf '{"id":"app.auth","code":401,"detail":"unauthorized"}' >error.json
refused error.json 'JSON, but no record of a call'
printf 'id;created_at;cause\r1;2;3\r' >mac.csv
refused mac.csv 'end in CR alone'
tr '\n' '\r' <"$top/tests/samples/csv/m0-2020-08.csv" >mac-calls.csv
refused mac-calls.csv 'end in CR alone'
yes 'id;created_at;cause' | head -c 1500000 | tr '\n' '\r' >mac-long.csv
refused mac-long.csv 'end in CR alone'
printf 'hangup_cause,"Average billsec"\nUSER_BUSY,3.5\n' >drawn.csv
refused drawn.csv 'a table that it drew: an aggregate, not calls; export the calls themselves'
yes '' | head -c 3000000 >blanks
refused blanks 'the file is empty'
iconv -f UTF-8 -t UTF-16LE good.csv >wide.csv
refused wide.csv 'UTF-16 without the mark.*--encoding UTF-16LE'
exits 'and the advice is right' 0 --mappings "$top/mappings" check --encoding UTF-16LE wide.csv
iconv -f UTF-8 -t UTF-32 good.csv >wider.csv
refused wider.csv 'UTF-32: name it with --encoding UTF-32'
exits 'that advice too' 0 --mappings "$top/mappings" check --encoding UTF-32 wider.csv
: >nothing
refused nothing 'the file is empty'
exits 'a folder without files' 0 --mappings "$top/mappings" --tz UTC check "$(mkdir none && echo none)"
exits 'probe of it' 3 --mappings "$top/mappings" --tz UTC probe none
says 'probe of it, named once' 'error: none: there is no file'
mkdir some && cp good.csv some/a.csv
exits 'a folder of one file' 0 --mappings "$top/mappings" --tz UTC probe some
check 'is that file' grep -qx some/a.csv "$work/out"
cp good.csv some/b.csv
exits 'a folder of two' 2 --mappings "$top/mappings" --tz UTC probe some
says 'a folder of two' 'one file, and some holds 2'
rm -r some

# Root reads everything.
if [ "$(id -u)" != 0 ]; then
  cp good.csv secret.csv && chmod 0 secret.csv
  refused secret.csv 'cannot be opened: Permission denied'
fi

# A pipe with a name: as good as a file, and no trap when nobody writes.
cd "$top" || exit 2
fresh_db
mkfifo "$work/pipe"
cat "$work/odd/good.csv" >"$work/pipe" &
exits 'check reads a pipe' 0 check "$work/pipe"
cat "$work/odd/good.csv" >"$work/pipe" &
exits 'load reads a pipe' 0 --quiet load "$work/pipe"
equal 'and keeps what came' 1 "$(sql 'select count(*) from cdr.leg')"
# shellcheck disable=SC2317 # called by name
holds_pipe() { [ -n "$(find "/proc/$1/fd" -lname "$work/pipe")" ]; }
for command in check load; do
  beside "$command" "$work/pipe"
  if await holds_pipe "$beside"; then kill -TERM "$beside"; else kill -KILL "$beside"; fi
  ends "$command that waits for a writer hears a signal" 143
  says "$command that waits for a writer" 'interrupted'
done

# A file that grows between the digest and the reading: here while the lock is waited for.
cp "$work/odd/good.csv" "$work/grows.csv"
sed -i s/000000000001/000000000002/ "$work/grows.csv"
hold_lock
beside load --wait 60 "$work/grows.csv"
# Between two tries nothing but the rollback is to be seen of it.
# shellcheck disable=SC2317 # called by name
has_asked() {
  [ "$(sql "select count(*) from pg_stat_activity
            where datname = current_database() and query = 'rollback' and state = 'idle'")" = 1 ]
}
check 'it waits for the lock' await has_asked
echo '3f6f6f36-9c21-4a0e-8f77-000000000003;1717483428124;USER_BUSY' >>"$work/grows.csv"
let_go
ends 'a file that changes is refused' 3
says 'a file that changes' 'grows\.csv: the file changed while it was being read'
equal 'and nothing of it is kept' 1 "$(sql 'select count(*) from cdr.leg')"
exits 'it loads when it is still' 0 --quiet load "$work/grows.csv"
finish
