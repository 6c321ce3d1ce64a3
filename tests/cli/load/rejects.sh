#!/usr/bin/env bash
# The quarantine: set aside, listed, written back, mended, loaded, closed.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
sample=tests/samples/csv/m6-2026-01.csv
export CDRETL_TZ=Europe/Kyiv

open_rejects() { sql 'select count(*) from cdr.reject where closed_at is null'; }
legs() { sql 'select count(*) from cdr.leg'; }

# The sample with two impossible days, in lines 3 and 5, and a cell too many in line 8.
broken=$work/broken.csv
sed -e '3s/;20\.01\.2026/;20.13.2026/' -e '5s/;20\.01\.2026/;20.13.2026/' -e '8s/\r*$/;x/' "$sample" >"$broken"

fresh_db
exits 'nothing is set aside yet' 0 rejects list
equal 'and says so' 'no rejects are open' "$(cat "$work/out")"
exits 'a subcommand is needed' 2 rejects
says 'a subcommand is needed' 'list, export or replay'
exits 'a load with rejects' 1 load "$broken"
equal 'three are open' 3 "$(open_rejects)"
file=$(sql "select file_id from cdr.file where name like '%broken.csv'")

exits 'list' 0 rejects list
check 'list has its head' grep -qE '^ +reject +file +name' "$work/out"
exits 'list as CSV' 0 rejects list --csv
equal 'lines and codes' '3,bad_time
5,bad_time
8,bad_shape' "$(cut -d, -f4,6 "$work/out" | sed 1d)"
exits 'list of a code' 0 --json rejects list --code bad_shape --file "$file"
equal 'the one of that code' '8 bad_shape' "$(jq -r '.rejects[] | "\(.line) \(.code)"' "$work/out")"
exits 'there is no such code' 2 rejects list --code bad_luck
exits 'nor such a number' 2 rejects list --file seven

exits 'export needs a file' 2 rejects export
says 'export needs a file' '--file ID'
exits 'of the ledger' 2 rejects export --file 999
says 'of the ledger' 'no file 999'
exits 'export' 0 rejects export --file "$file" --out "$work/mend.csv"
equal 'caption and records as they stood' \
  "$(sed -n -e '1s/^\xef\xbb\xbf//' -e '1p;3p;5p;8p' "$broken" | tr -d '\r')" "$(cat "$work/mend.csv")"
equal 'for nobody else to read' 600 "$(stat -c %a "$work/mend.csv")"
exits 'what is being mended stays' 2 rejects export --file "$file" --out "$work/mend.csv"
exits 'export to stdout' 0 rejects export --file "$file" --code bad_shape
equal 'of one code' 2 "$(wc -l <"$work/out")"

before=$(digest)
exits 'unmended it is refused' 3 rejects replay --file "$file" "$work/mend.csv"
equal 'and closes nothing' 3 "$(open_rejects)"
exits 'the file itself mends nothing' 0 rejects replay --file "$file" "$broken"
check 'and says so' grep -q '0 rejects closed, 3 stay open' "$work/out"
equal 'neither changed a leg' "$before" "$(digest)"

sed -i -e 's/;20\.13\.2026/;20.01.2026/' -e 's/;x$//' "$work/mend.csv"
exits 'replay of another code' 0 rejects replay --file "$file" --code bad_shape "$work/mend.csv"
check 'closes that one' grep -q '1 rejects closed, 2 stay open' "$work/out"
exits 'replay' 0 --json rejects replay --file "$file" "$work/mend.csv"
equal 'closes the others' '2 0' "$(jq -r '"\(.rejects.closed) \(.rejects.open)"' "$work/out")"
equal 'none is open' 0 "$(open_rejects)"
equal 'closed when, and by a replay' 3 "$(sql "select count(*) from cdr.reject r
  join cdr.run u on u.run_id = r.closed_by_run where u.kind = 'replay' and r.closed_at >= u.started_at")"
equal 'all legs are there' 24 "$(legs)"
equal 'the counts balance' 0 "$(sql "select count(*) from cdr.file where verdict = 'loaded'
  and records <> inserted + updated + unchanged + duplicate + rejected")"
before=$(digest)$(sql 'select * from cdr.reject order by 1')
exits 'replay once more' 0 rejects replay --file "$file" "$work/mend.csv"
check 'closes none' grep -q '0 rejects closed, 0 stay open' "$work/out"
equal 'and changes nothing' "$before" "$(digest)$(sql 'select * from cdr.reject order by 1')"
exits 'nothing is left to export' 2 rejects export --file "$file"

# The same legs as the whole sample loaded at once, but for where they stand.
evidence='select leg_key, started_at, caller, destination, category, confidence from cdr.leg order by 1'
mended=$(sql "$evidence")
fresh_db
exits 'the sample at once' 0 load "$sample"
equal 'mending gives the same legs' "$(sql "$evidence")" "$mended"

# JSON goes back as JSON, a record a line; a broken line too.
fresh_db
{
  head -n 4 tests/samples/json/es-cdr-a.ndjson
  sed -n '5s/^{/(/p' tests/samples/json/es-cdr-a.ndjson
} >"$work/broken.ndjson"
exits 'JSON with a broken line' 1 load "$work/broken.ndjson"
exits 'goes back' 0 rejects export --file 1 --out "$work/mend.ndjson"
sed -i 's/^(/{/' "$work/mend.ndjson"
exits 'and comes again' 0 rejects replay --file 1 "$work/mend.ndjson"
equal 'whole' 5 "$(legs)"

# Of a record too long to hold the beginning is shown, to the end of a letter.
letters=$(awk 'BEGIN { for (i = 0; i < 600000; i++) printf "ї" }')
{
  head -n 1 tests/samples/json/es-cdr-a.ndjson
  printf '{"x":"%s"}\n{"x":"-%s"}\n' "$letters" "$letters"
} >"$work/long.ndjson"
exits 'two long records' 1 check --rows ndjson --rejects "$work/long.ndjson"
equal 'each by its beginning' 'too_long 2 true {"x":"її
too_long 3 true {"x":"-ї' "$(jq -r '.reject // empty |
  "\(.code) \(.line) \(.text | utf8bytelength > 4000) \(.text[0:8])"' "$work/out")"

# A tab file's empty cells at the end of a row are cells.
fresh_db
printf 'created_at\tdirection\tfrom\tto\tcause\tqueue\n%s\n%s\n' \
  $'2026-01-20 10:00:00\toutbound\t1001\t0670000001\tUSER_BUSY\t' \
  $'2026-13-20 11:00:00\toutbound\t1001\t0670000002\tUSER_BUSY\t' >"$work/tab.tsv"
exits 'tabs' 1 load "$work/tab.tsv"
exits 'tabs go back' 0 rejects export --file 1 --out "$work/mend.tsv"
sed -i 's/2026-13/2026-01/' "$work/mend.tsv"
exits 'tabs come again' 0 rejects replay --file 1 "$work/mend.tsv"
equal 'both' 2 "$(legs)"

# Text goes when the setting says; what was rejected, and why, stays.
fresh_db
exits 'rejects to forget' 1 load "$broken"
sql "update cdr.setting set value = '0' where setting = 'reject_text_days'"
exits 'the next run forgets' 0 load "$broken"
equal 'the text, and only that' '3 0' "$(sql "select count(*) || ' ' || count(raw) from cdr.reject")"
exits 'nothing to export then' 2 rejects export --file 1
exits 'the mended whole, by its own load' 0 rejects replay --file 1 --all "$sample"
equal 'closes what had no text' 0 "$(open_rejects)"
check 'dashboards read no reject' test "$(sql "select has_table_privilege('cdretl_dashboard', 'cdr.reject', 'select')")" = f
finish
