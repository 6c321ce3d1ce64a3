#!/usr/bin/env bash
# report --site: a page a day, week and month and an index that leads to all of them; only
# what changed is written, what is gone is taken away, what is not ours is left alone.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
site=$work/site

fresh_db
exits 'a site of nothing' 0 report --site "$site"
check 'says so' grep -q 'No calls are known yet' "$site/index.html"
equal 'is an index' './.pages ./index.html' "$(cd "$site" && find . -type f | sort | tr '\n' ' ' | sed 's/ $//')"

for day in 01 02 05 06; do
  exits "June, $day" 0 -q --tz Europe/Kyiv load "tests/samples/demo/history-2026-06-$day.csv.gz"
done
exits 'a site' 0 report --site "$site"
pages() { (cd "$site" && find . -name '*.html' | sed 's,^\./,,; s/\.html$//' | sort | tr '\n' ' ' | sed 's/ $//'); }
equal 'a page a day, week and month' "$(sql "select string_agg(p, ' ' order by p) from (select 'index' as p
  union select to_char(started_at at time zone 'Europe/Kyiv', f) from cdr.call
  cross join unnest(array['YYYY-MM-DD', 'IYYY\"-W\"IW', 'YYYY-MM']) f) q" | tr -d '\n')" "$(pages)"
links() { grep -ohE 'href="[^"]*"' "$@" | sed 's/href="//; s/"//' | sort -u; }
for link in $(links "$site"/*.html); do
  check "$link is there" test -f "$site/$link"
done
equal 'the index leads everywhere' "$(pages)" \
  "$({ echo index; links "$site/index.html" | sed 's/\.html//'; } | sort | tr '\n' ' ' | sed 's/ $//')"
equal 'a day leads to its neighbours' '2026-06-01.html 2026-06-05.html index.html' "$(links "$site/2026-06-02.html" | tr '\n' ' ' | sed 's/ $//')"
"$CDRETL" report --out "$work/day.html" --from 2026-06-02 --to 2026-06-03
equal 'a page of it is the report of its day' "$(sed '/<nav/,/<\/nav>/d' "$work/day.html")" "$(sed '/<nav/,/<\/nav>/d' "$site/2026-06-02.html")"

# When each page was written.
times() { (cd "$site" && stat -c '%n %i %Y' ./*.html); }
touch "$site/notes.txt" "$site/2025-01-01.html"
find "$site" -name '*.html' -exec touch -d '2026-01-01' {} +
before=$(times)
exits 'again' 0 -v report --site "$site"
equal 'nothing is written' "$before" "$(times)"
check 'it says so' grep -q ' 0 written, 0 taken away' "$work/err"

# Another day changes its own pages, and those that it is compared with or beside.
exits 'another day' 0 -q --tz Europe/Kyiv load tests/samples/demo/history-2026-06-14.csv.gz
exits 'once more' 0 report --site "$site"
equal 'the pages it is part of are new' '2026-06 2026-06-14 2026-W24 index' \
  "$(cd "$site" && find . -name '*.html' -newermt 2026-02-01 | sed 's,^\./,,; s/\.html$//' | sort | grep -xE 'index|2026-06|2026-06-14|2026-W24' | tr '\n' ' ' | sed 's/ $//')"
check 'a page that was far away and is the same stays' test -z "$(find "$site/2026-06-01.html" -newermt 2026-02-01)"

# Its page goes with its calls; what we have not written stays.
exits 'it is taken back' 0 -q unload tests/samples/demo/history-2026-06-14.csv.gz
exits 'without it' 0 -v report --site "$site"
check 'its page is gone' test ! -e "$site/2026-06-14.html"
check 'what is not ours stays' test -e "$site/notes.txt" -a -e "$site/2025-01-01.html"
check 'so does an unchanged page' test -z "$(find "$site/2026-06-01.html" -newermt 2026-02-01)"

rm "$site/2026-06-05.html"
exits 'a page is lost' 0 report --site "$site"
check 'it is written again' test -s "$site/2026-06-05.html"
exits 'another language' 0 report --lang ru --site "$site"
equal 'all of it' '' "$(grep -L 'lang="ru"' "$site"/2026*.html | grep -v 2025)"

# Legs are dropped: what was counted stays, and nobody is named any more.
exits 'a purge' 0 -q purge --before 2026-07-01
exits 'a site behind it' 0 report --site "$site"
check 'its days are still there' test -s "$site/2026-06-05.html"

exits 'where nothing can be' 2 report --site "$work/none/site"
says 'it names it' 'none/site'
exits 'a period of all' 2 report --site "$site" --month 2026-06
says 'it says why' 'every day'
exits 'by the environment' 0 report --out "$work/both.html"
export CDRETL_SITE=$work/nightly CDRETL_LANG=uk
exits 'as the nightly job does' 0 report
unset CDRETL_SITE CDRETL_LANG
check 'there it is' grep -q 'lang="uk"' "$work/nightly/index.html"
finish
