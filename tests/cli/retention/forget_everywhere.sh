#!/usr/bin/env bash
# A number that is to be forgotten, searched in every spelling in all that a night leaves: a
# dump of the database, the spool, the program's output and its log.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv CDRETL_LOG_FORMAT=json
spool=$work/spool
mkdir -p "$spool"/{incoming,processed,failed}
number=380671112233
spellings='380671112233 +380671112233 00380671112233 0671112233 +380[ ]67[ ]111-22-33 \(067\)[ ]111[ ]22[ ]33 38\(067\)111-22-33 67-111-2233'
pattern=$(tr ' ' '|' <<<"${spellings//+/\\+}")

# Everything that is kept, as text; packed files too.
everything() {
  pg_dump --schema=cdr --no-comments
  find "$spool" "$work/log" -type f ! -path '*/incoming/*' | while read -r file; do
    echo "$file"
    gzip -dcf "$file"
  done
}
found() { everything 2>/dev/null | grep -cE "$pattern"; }

fresh_db
head -n 2 tests/samples/csv/m6-2026-01.csv >"$work/head"
i=0
for spelling in $number +$number 00$number 0671112233 '+380 67 111-22-33' '(067) 111 22 33'; do
  i=$((i + 1))
  sed "2s/^[0-9a-f]\{8\}/0000000$i/;2s/0670007590/$spelling/g" "$work/head" >"$spool/incoming/$i.csv"
done
gzip "$spool/incoming/1.csv"
sed '2s/;[0-9.]*2026/;99.99.2026/;2s/0670007590/0671112233/g' "$work/head" | cat "$work/head" - | sed 3d >"$spool/incoming/calls-$number.csv"
printf 'name;price\n+380 67 111-22-33;20\n' >"$spool/incoming/shop.csv"
cp "$work/head" "$spool/incoming/other.csv"
touch -d '1 hour ago' "$spool"/incoming/*
exits 'a night' 3 load --spool "$spool"
cp "$work/err" "$work/log"
cp "$work/head" "$spool/incoming/next.csv" && sed -i "s/0670007590/$number/g" "$spool/incoming/next.csv"
check 'the number is all over' test "$(found)" -gt 10

exits 'trying' 0 --json forget --spool "$spool" --dry-run "$number"
equal 'exports that would go' 8 "$(jq .exports.removed "$work/out")"
check 'nothing is gone' test "$(find "$spool/processed" "$spool/failed" -name '*.csv*' ! -name '*.note' | wc -l)" = 9
exits 'forgetting' 0 --json forget --spool "$spool" "$number"
cat "$work/out" "$work/err" >>"$work/log"
equal 'exports that went' '8 1' "$(jq -r '"\(.exports.removed) \(.exports.waiting)"' "$work/out")"
check 'what does not hold it stays' test -f "$spool/processed/other.csv"
sed -i "s/calls-$number/calls-N/g" "$work/log" # the name of a file was in the log before
equal 'it is nowhere, in no spelling' 0 "$(found)"
touch -d '1 hour ago' "$spool/incoming/next.csv"
exits 'an export brings it again' 0 load --spool "$spool"
rm "$spool/processed/next.csv"
equal 'and it stays away' 0 "$(found)"
finish
