#!/usr/bin/env bash
# Help, version and the command line itself: what is said where, and the exit codes.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

commands_of_help() { awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' "$work/out"; }

exits 'help' 0 --help
check 'help goes to stdout' test -s "$work/out"
check 'help says nothing on stderr' test ! -s "$work/err"
commands=$(commands_of_help)
check 'help lists load' grep -qx load <<<"$commands"
# The exit codes of the header, all of them, in the help.
while read -r code; do
  check "help explains exit code $code" grep -qE "^  ([0-9]+, )?$code(,| )" "$work/out"
done < <(sed -n 's/^ *EXIT_[A-Z_]* = \([0-9]*\),.*/\1/p' etl/base/err.h)
for command in $commands; do
  exits "help of $command" 0 "$command" --help
  check "help of $command names it" grep -q "cdretl .*$command" "$work/out"
done
exits 'version' 0 --version
check 'version is one line' grep -qxE 'cdretl [0-9]+\.[0-9]+\.[0-9]+(-dev)? \([0-9a-z-]+\)' "$work/out"

"$CDRETL" check --help >"$work/long"
for say in 'check -h' '-h check' 'help check'; do
  # shellcheck disable=SC2086 # words
  exits "$say" 0 $say
  check "$say is the same" cmp "$work/out" "$work/long"
done
exits '-h' 0 -h
check 'is the whole help' grep -q '^Commands:' "$work/out"
exits 'help' 0 help
check 'so is help' grep -q '^Commands:' "$work/out"
exits 'help of what is no command' 2 help lod
says 'help of what is no command' 'did you mean load\?'
for say in -V 'load -V' 'load --version'; do
  # shellcheck disable=SC2086 # words
  exits "$say" 0 $say
  check "$say is the version" grep -qxE 'cdretl [0-9.]+.*' "$work/out"
done

# Values of an option, a line each, for shells that complete: each of them is taken.
exits 'keys of stats' 0 help stats --by
check 'are many' test "$(grep -c '^    [a-z]' "$work/out")" -gt 10
sed -n 's/^    //p' "$work/out" >"$work/keys"
while read -r key; do
  exits "stats takes $key" 5 --db host=/nowhere stats --by "$key"
done <"$work/keys"
exits 'and no other' 2 --db host=/nowhere stats --by nonsense
exits 'providers' 0 help recompute --provider
equal 'are those of the mapping files' "$(jq -r '.providers[] | select(.carrier != false) | .id' mappings/providers.json)" "$(sed -n 's/^    //p' "$work/out")"
exits 'categories' 0 help recompute --category
equal 'likewise' "$(jq -r '.categories[].code' mappings/categories.json)" "$(sed -n 's/^    //p' "$work/out")"
exits 'an option without values' 0 help load --wait
equal 'has none' 0 "$(grep -c '^    [a-z]' "$work/out")"
exits 'an option that is not there' 2 help load --by
says 'an option that is not there' 'load has no option --by'

# What was probably meant.
while IFS='|' read -r words meant; do
  # shellcheck disable=SC2086 # words
  exits "$words" 2 $words
  says "$words" "$meant"
done <<'END'
laod|did you mean load\?
stat|did you mean stats\?
recompte|did you mean recompute\?
stats --form x|did you mean --from\?
load --m x|it may be .*--mappings
check --ambigous-time later|did you mean --ambiguous-time\?
--quite|did you mean --quiet\?
rules tset|did you mean test\?
END
exits 'nothing like it' 2 xyzzy
equal 'is no guess' 0 "$(grep -c 'did you mean' "$work/err")"

# A document where there is one; else --json is refused, unless the environment says it for all.
for say in init probe 'report --out x' 'rules list' 'rules diff x' 'rejects export'; do
  # shellcheck disable=SC2086 # words
  exits "--json $say" 2 --json --db host=/nowhere $say
  says "--json $say" 'prints no JSON document'
done
CDRETL_JSON=1 exits 'JSON in the environment' 0 probe tests/samples/csv/seed-grid.csv
for say in load check stats status recompute recount rejects unload purge forget doctor; do
  cdretl --json --db host=/nowhere "$say"
  equal "--json $say is not refused" 0 "$(grep -c 'no JSON' "$work/err")"
done

exits 'no command' 2
says 'no command' 'command'
exits 'unknown command' 2 laod
says 'unknown command' 'laod'
exits 'unknown option' 2 --nonsense
says 'unknown option' 'nonsense'
exits 'unknown option of a command' 2 check --nonsense
says 'unknown option of a command' 'nonsense'
exits 'argument missing' 2 --tz
says 'argument missing' '--tz'
exits 'check without a file' 2 check
says 'check without a file' 'file|export'
exits 'unknown zone' 2 --tz Europe/Kiew check tests/samples/csv/seed-grid.csv
says 'unknown zone' 'Europe/Kiew'
exits 'unknown log format' 2 --log-format xml check tests/samples/csv/seed-grid.csv
says 'unknown log format' 'log-format'

# Every option has its twin in the environment, and a flag beats it.
CDRETL_TZ=Europe/Kyiv exits 'zone from the environment' 0 check tests/samples/csv/seed-grid.csv
CDRETL_TZ=Nowhere/Land exits 'a flag beats the environment' 0 --tz Europe/Kyiv check tests/samples/csv/seed-grid.csv

# Results that cannot be written are a failure, not a success with half a report.
"$CDRETL" --help >/dev/full 2>"$work/err"
equal 'full disk behind stdout' 2 $?
finish
