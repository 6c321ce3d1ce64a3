#!/usr/bin/env bash
# load --pseudonymise: no number of a person is in the database, in any spelling, and every
# figure is what it is with numbers.
# shellcheck disable=SC2317 # called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
key=$work/key other=$work/other
(umask 077 && printf '%s\n' 0123456789abcdef0123456789abcdef >"$key" && printf '%s\n' ffffffffffffffffffffffffffffffff >"$other")
demo=tests/samples/demo
on=(--pseudonymise --pseudonym-key "$key")

# Everything that is stored, as text.
dump() { pg_dump --data-only --schema=cdr --no-comments 2>/dev/null; }
# Figures that must not change: calls, categories, carriers, durations.
figures() {
  sql "select md5(string_agg(t::text, E'\n' order by t::text)) from cdr.stat_hour t"
  sql "select provider, category, count(*), count(distinct caller) from cdr.leg group by 1, 2 order by 1, 2"
  sql "select n, count(*) from (select count(*) as n from cdr.leg group by caller) r group by n order by n"
}

fresh_db
exits 'as they are' 0 load $demo/history-2026-06-01.csv.gz $demo/es-2026-06-10.ndjson.gz
plain=$(figures) destinations=$(sql 'select count(distinct destination) from cdr.leg')
sql "select caller from cdr.leg where length(caller) >= 10 union select destination from cdr.leg where length(destination) >= 10" |
  tr -cd '0-9\n' | sort -u >"$work/numbers"
# The carriers' own numbers are nobody's.
ours=$(jq -r '.. | strings' mappings/providers.json | tr -cd '0-9\n' | grep -E '^[0-9]{7,}$' | sort -u)
numbers_in_dump() { dump | grep -ohwFf <(grep -vxFf <(echo "${ours:-none}") "$work/numbers") | sort -u; }
check 'there are numbers to look for' test "$(numbers_in_dump | wc -l)" -gt 500
exits 'a database with numbers takes no pseudonyms' 2 load "${on[@]}" $demo/history-2026-06-02.csv.gz
says 'a database with numbers' 'of their own'

fresh_db
exits 'a key is needed' 2 load --pseudonymise $demo/history-2026-06-01.csv.gz
says 'a key is needed' 'pseudonym-key'
chmod 640 "$key"
exits 'a key that others read' 2 load "${on[@]}" $demo/history-2026-06-01.csv.gz
says 'a key that others read' 'chmod 600'
chmod 600 "$key"
echo short >"$work/short" && chmod 600 "$work/short"
exits 'a key that is too short' 2 load --pseudonymise --pseudonym-key "$work/short" $demo/history-2026-06-01.csv.gz
exits 'pseudonyms' 0 load "${on[@]}" $demo/history-2026-06-01.csv.gz $demo/es-2026-06-10.ndjson.gz
equal 'figures are the same' "$plain" "$(figures)"
# 0671234567 and +380671234567 are one person's, and become one.
check 'spellings of a number are one' test "$(sql 'select count(distinct destination) from cdr.leg')" -lt "$destinations"
equal 'no number is in a dump' '' "$(numbers_in_dump | head -n 3)"
exits 'again, and nothing changes' 0 load "${on[@]}" $demo/history-2026-06-01.csv.gz
exits 'recomputing decides alike' 0 --json recompute --from 2026-06-01 --to 2026-06-12
equal 'nothing is decided otherwise' 0 "$(jq '[.. | .changed? // empty] | add // 0' "$work/out")"
exits 'without pseudonyms' 2 load $demo/history-2026-06-02.csv.gz
says 'without pseudonyms' 'give --pseudonymise'
exits 'with another key' 2 load --pseudonymise --pseudonym-key "$other" $demo/history-2026-06-02.csv.gz
says 'with another key' 'were made by the key'
CDRETL_PSEUDONYMISE=1 CREDENTIALS_DIRECTORY=$work/credentials exits 'no credential' 2 load $demo/history-2026-06-02.csv.gz
mkdir "$work/credentials" && cp "$key" "$work/credentials/pseudonym-key"
CDRETL_PSEUDONYMISE=1 CREDENTIALS_DIRECTORY=$work/credentials exits "a unit's credential" 0 load $demo/history-2026-06-02.csv.gz

# Rejects keep no text, and one person can be forgotten.
{ gzip -dc $demo/history-2026-06-03.csv.gz | head -n 20; gzip -dc $demo/history-2026-06-03.csv.gz | sed -n '21s/;[0-9.]*2026/;99.99.2026/p'; } >"$work/rejects.csv"
exits 'rejects' 1 load "${on[@]}" "$work/rejects.csv"
equal 'without their text' 0 "$(sql "select count(*) from cdr.reject where length(raw) > 0")"
number=$(grep -E '^380' "$work/numbers" | head -n 1)
exits 'forgetting needs the key' 2 forget "$number"
exits 'forgetting' 0 --json forget "${on[@]}" "$number"
check 'what was that number is gone' test "$(jq .legs "$work/out")" -gt 0
exits 'forgetting again' 0 --json forget "${on[@]}" "$number"
equal 'finds nothing' 0 "$(jq .legs "$work/out")"
finish
