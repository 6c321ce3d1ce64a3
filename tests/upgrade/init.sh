#!/usr/bin/env bash
# init that does not end, and init beside itself.  An event trigger makes a chosen migration
# wait for a lock of ours, so nothing here depends on how fast the machine is.
# shellcheck disable=SC2317 # called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
# shellcheck source=tests/upgrade/fill.bash
. tests/upgrade/fill.bash

# Let every command on the schema wait from version $1 on, while we hold the lock.
wait_from() {
  sql "create function public.pause() returns event_trigger language plpgsql as \$\$
    begin
      if to_regclass('cdr.schema_version') is null then return; end if;
      if (select coalesce(max(version), 0) from cdr.schema_version) >= $1 then
        perform pg_advisory_lock(7);
        perform pg_advisory_unlock(7);
      end if;
    end \$\$;
    create event trigger pause on ddl_command_end execute function public.pause()"
}

go_on() { sql 'drop event trigger pause; drop function public.pause()'; }

fresh_db
newest=$(version)
catalogs >"$work/wanted"

# Inside the first migration, inside the last, and while functions and views are replaced.
for from in $(printf '%s\n' 0 $((newest - 1)) "$newest" | sort -nu); do
  empty_db
  wait_from "$from"
  hold 'select pg_advisory_xact_lock(7)'
  "$CDRETL" -q init >/dev/null 2>&1 &
  init=$!
  check "after $from: init is in the next step" await is_waiting
  # Meanwhile another one is told that somebody is at work, and harms nothing.
  exits "after $from: another init" 7 init
  says "after $from: another init" 'another run holds the lock'
  kill -9 "$init"
  wait "$init" 2>/dev/null
  let_go
  check "after $from: the server has noticed" await nobody_else
  if [ "$from" -gt 0 ]; then
    equal "after $from: killed, it is there still" "$from" "$(version)"
    go_on
    exits "after $from: load asks for init" 5 --tz Europe/Kyiv load tests/samples/csv/m6-2026-01.csv
  else
    equal 'killed in the first, nothing is there' '' "$(sql "select nspname from pg_namespace where nspname = 'cdr'")"
    go_on
  fi
  exits "after $from: init again" 0 init
  equal "after $from: applies the others" "$((newest - from))" "$(grep -c '^applied ' "$work/out")"
  check "after $from: and creates functions and views" grep -qx 'replaced functions and views' "$work/out"
  check "after $from: the schema is whole" cmp "$work/wanted" <(catalogs)
done

# Two at the same moment: one at least gets there, the other may be told to come again.
for round in 1 2 3; do
  empty_db
  "$CDRETL" -q init >/dev/null 2>"$work/first.err" & first=$!
  "$CDRETL" -q init >/dev/null 2>"$work/second.err" & second=$!
  wait "$first"
  codes=$?
  wait "$second"
  codes="$codes $?"
  check "round $round: two inits end with 0 or 7" grep -qxE '0 0|0 7|7 0' <<<"$codes"
  check "round $round: the schema is whole" cmp "$work/wanted" <(catalogs)
done

fresh_db
sql "insert into cdr.schema_version values ($((newest + 1)), 'of_tomorrow')"
exits 'a newer database is refused' 5 init
says 'a newer database is refused' "is version $((newest + 1)), this program knows $newest"
exits 'by load too' 5 --tz Europe/Kyiv load tests/samples/csv/m6-2026-01.csv

# --- the zone of the days -------------------------------------------------------------------
fresh_db
exits 'init in a zone' 0 --tz Europe/Warsaw init
equal 'days are that zone'"'"'s' Europe/Warsaw "$(sql "select value from cdr.setting where setting = 'zone'")"
exits 'init without a zone' 0 init
equal 'leaves it' Europe/Warsaw "$(sql "select value from cdr.setting where setting = 'zone'")"
exits 'a zone nobody knows' 2 --tz Europe/Nowhere init
equal 'changes nothing' Europe/Warsaw "$(sql "select value from cdr.setting where setting = 'zone'")"
finish
