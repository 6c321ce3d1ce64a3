# lib.bash - what the shell tests share.  Sourced, from the top of the tree.
#
# A test is a name and a command: `check 'says so' grep -q x file`.  A script ends
# with `finish`.  CDRETL is the program under test; scripts/with-pg gives PGHOST.
# shellcheck shell=bash
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

CDRETL=${CDRETL:-$PWD/build/${BUILD:-debug}/cdretl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
# What the user has set must not decide a test.
for name in $(compgen -e | grep '^CDRETL_'); do unset "$name"; done
export PGOPTIONS='-c client_min_messages=warning'

good() { passed=$((passed + 1)); }

bad() {
  failed=$((failed + 1))
  printf 'FAIL %s\n' "$1"
  [ -z "${2:-}" ] || printf '%s\n' "$2" | head -n 20 | sed 's/^/     /'
}

# check NAME COMMAND...: the command succeeds.
check() {
  local name=$1 out
  shift
  if out=$("$@" 2>&1); then good; else bad "$name" "${out:-$*}"; fi
}

# statement ROOM/NAME: its text in schema/statements/, as the program sends it.
statement() {
  awk -v part=text -v want="$1" -f scripts/embed-sql.awk \
    schema/rules/*.sql schema/statements/*.sql schema/statements/*/*.sql
}

# equal NAME EXPECTED GOT
equal() {
  if [ "$2" = "$3" ]; then good; else
    bad "$1" "$(diff -U 1 --label expected --label got <(echo "$2") <(echo "$3"))"
  fi
}

# Run the program; leaves $status, $work/out and $work/err.
cdretl() {
  "$CDRETL" "$@" >"$work/out" 2>"$work/err" </dev/null
  status=$?
}

# exits NAME CODE ARGUMENT...: the program ends with CODE.
exits() {
  local name=$1 code=$2
  shift 2
  cdretl "$@"
  if [ "$status" = "$code" ]; then good; else
    bad "$name" "exit $status, not $code: cdretl $*"$'\n'"$(cat "$work/err")"
  fi
}

# beside ARGUMENT...: the program in the background, its number in $beside, until
# `ends NAME CODE`: it ends with CODE; leaves what cdretl leaves.
beside() {
  # Background jobs of a script ignore SIGINT unless job control is on.
  set -m
  "$CDRETL" "$@" >"$work/beside.out" 2>"$work/beside.err" </dev/null &
  beside=$!
  set +m
}
ends() {
  wait "$beside" 2>/dev/null
  status=$?
  mv "$work/beside.out" "$work/out"
  mv "$work/beside.err" "$work/err"
  if [ "$status" = "$2" ]; then good; else
    bad "$1" "exit $status, not $2:"$'\n'"$(cat "$work/err")"
  fi
}

# One sentence on stderr, which holds TEXT (a regular expression, any case).
says() {
  local name=$1 text=$2 lines
  lines=$(grep -c '^cdretl: error: ' "$work/err")
  if [ "$lines" = 1 ] && grep -qiE -- "$text" "$work/err"; then good; else
    bad "$name" "not one sentence with /$text/:"$'\n'"$(cat "$work/err")"
  fi
}

# unpack ARCHIVE: its folder, from then on in $work.
unpack() { tar -C "$work" -xzf "$1" || exit 2; }

sql() { psql -XAtq -v ON_ERROR_STOP=1 -c "$1"; }

# With ETL_TEST_CITUS the server has Citus: then each database is distributed, and none is
# a copy of another.  What cannot be so there says why: not_on_citus REASON, as a command
# that ends the script, or `on_plain NAME REASON && ...` before what is left out.
citus=${ETL_TEST_CITUS:-}
skipped=0
on_plain() {
  [ -n "$citus" ] || return 0
  skipped=$((skipped + 1))
  printf 'skip %s: %s\n' "$1" "$2"
  return 1
}
not_on_citus() { on_plain "$(basename "$0")" "$1" || finish; }

# as_loader COMMAND NAME ...: with the rights of the loader.
as_loader() {
  local options=$PGOPTIONS
  ! on_plain "$2, as loader" 'a role that is set, and may not log in, reaches no node: as the user' ||
    options="$options -c role=cdretl_loader"
  PGOPTIONS=$options "$@"
}

# A database of this script's own: empty_db without, fresh_db with the schema.
ndb=0
empty_db() {
  ndb=$((ndb + 1))
  local db
  db="cli_$(basename "$0" .sh)_$$_$ndb"
  PGDATABASE=postgres sql "create database $db${1:+ template $1}" || exit 2
  export PGDATABASE=$db
  [ -z "$citus" ] || sql 'create extension if not exists citus' || exit 2
}

template= secrets=
fresh_db() {
  if [ -n "$citus" ]; then
    empty_db
    "$CDRETL" -q init --citus >/dev/null || { bad 'init of a fresh database'; finish; }
    # What names are made of is that of the first database, as it is in copies.
    if [ -n "$secrets" ]; then
      sql 'delete from cdr.secret; copy cdr.secret (purpose, key) from stdin' <<<"$secrets"
    else
      secrets=$(sql 'copy (select purpose, key from cdr.secret) to stdout')
    fi
    return
  fi
  if [ -z "$template" ]; then
    empty_db
    template=$PGDATABASE
    "$CDRETL" -q init >/dev/null || { bad 'init of a fresh database'; finish; }
  fi
  empty_db "$template"
}

# All that loads have stored, out of a database: cheaper than a fresh one.
clear_db() {
  sql 'truncate cdr.leg, cdr.leg_version, cdr.leg_source, cdr.leg_record, cdr.stat_hour, cdr.stat_day, cdr.rolled_day,
    cdr.outcome_change, cdr.recompute_slice, cdr.truncated_call, cdr.far_call, cdr.reject, cdr.file, cdr.run cascade'
}

drop_db() {
  PGDATABASE=postgres sql "drop database $1 with (force)"
}

# Wait for COMMAND to succeed, in small steps, for at most half a minute.
await() {
  local tries=600
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.05
  done
}

# A digest of everything that a load leaves to read.
digest() {
  sql "select 'leg', count(*), md5(string_agg(t::text, E'\n' order by t::text)) from cdr.leg t
       union all
       select 'call', count(*), md5(string_agg(t::text, E'\n' order by t::text)) from cdr.call t
       union all
       select 'stat_hour', count(*), md5(string_agg(t::text, E'\n' order by t::text)) from cdr.stat_hour t"
}

# The same, but for who wrote it, when, and where in its file it stood.
facts() {
  sql "select 'leg', count(*), md5(string_agg(t, E'\n' order by t)) from (
      select (to_jsonb(x) - '{run_id,file_id,line_no,evidence_hash}'::text[])::text t from cdr.leg x) l
    union all
    select 'call', count(*), md5(string_agg(t, E'\n' order by t)) from (
      select (to_jsonb(x) - '{run_id,file_id}'::text[])::text t from cdr.call x) c
    union all
    select 'stat', count(*), md5(string_agg(t::text, E'\n' order by t::text)) from cdr.stat_hour t"
}

# A digest of the statistics alone.
stats() { sql "select md5(string_agg(t::text, E'\n' order by t::text)) from cdr.stat_hour t"; }

# Legs and calls by category: reported FILE, as the report of one file in it says; counted,
# as they are stored.
reported() {
  jq -Sc '.files[0] | [.calls, (.by_category | with_entries(select(.value > 0))),
    (.calls_by_category | with_entries(select(.value > 0)))]' "$1"
}
counted() {
  sql "select jsonb_build_array((select count(*) from cdr.call),
    coalesce((select jsonb_object_agg(category, n) from (select category, count(*) as n from cdr.leg group by category) l), '{}'),
    coalesce((select jsonb_object_agg(category, n) from (select category, count(*) as n from cdr.call group by category) c), '{}'))" | jq -Sc .
}

# unlike FROM: rows of the statistics since FROM that counting the legs does not give, and
# of the counting that are not stored; and those of days that are not the sum of their hours.
unlike() {
  sql "with built as (select * from cdr.hours_between('$1', '2100-01-01Z')),
    stored as (select * from cdr.stat_hour where hour >= '$1'),
    days as (select x.* from cdr.days_between('-infinity', 'infinity') x join cdr.rolled_day d on d.starts_at = x.starts_at)
    select (select count(*) from (table built except all table stored) a)
      + (select count(*) from (table stored except all table built) b)
      + (select count(*) from (table days except all table cdr.stat_day) c)
      + (select count(*) from (table cdr.stat_day except all table days) d)"
}

# What the last run says about its end.
last_exit() { sql 'select exit_code from cdr.run order by run_id desc limit 1'; }

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}

# page_blocks PAGE DIR: the blocks below lines <!-- FILE --> of PAGE, as files in DIR.
page_blocks() {
  local file
  while read -r file; do mkdir -p "$(dirname "$2/$file")"; done < <(sed -n 's/^<!-- \(.*\) -->$/\1/p' "$1")
  awk -v dir="$2" '
    /^<!-- .* -->$/ { file = dir "/" $2; next }
    file != "" && /^```/ { if (on) { close(file); file = "" }; on = !on; if (on) printf "" >file; next }
    on && file != "" { print >file }' "$1"
}

# npm_packages NAME@VERSION...: installed once, $npm is their folder; fails where npm cannot.
npm_packages() {
  npm=build/npm/$(cksum <<<"$*" | cut -d' ' -f1)
  [ ! -f "$npm/installed" ] || return 0
  mkdir -p "$npm" && command -v npm >/dev/null &&
    (cd "$npm" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --no-save --prefix . \
      --fetch-retries 1 --fetch-timeout 30000 "$@") >"$work/npm" 2>&1 && touch "$npm/installed"
}
