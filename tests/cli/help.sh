#!/usr/bin/env bash
# Help, version and the command line itself: what is said where, and the exit codes.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/lib.bash"

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
