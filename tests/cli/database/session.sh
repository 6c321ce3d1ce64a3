#!/usr/bin/env bash
# session: what a database, a role or the user's surroundings have set changes no result.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv

samples=(tests/samples/csv/seed-grid.csv tests/samples/demo)
results() {
  cdretl stats --from 2020-01-01 --to 2026-12-01 --by day --csv
  cat "$work/out"
  cdretl rejects list --csv
  cat "$work/out"
  cdretl status --json
  jq -S '{rejects_open, schema_version}' "$work/out"
}

fresh_db
load_all() { cdretl load "${samples[@]}"; }
load_all
equal 'the samples load' 1 "$((status <= 1))"
before=$(digest) told=$(results)

# Each changes what a statement of ours means, comes to, or how long it may take.
fresh_db
while read -r setting value; do
  if [[ $setting =~ timeout$|^exit_on_error$ ]]; then
    on_plain "$setting" 'sessions between nodes have it too, and end by it' || continue
  elif [ "$setting" = default_transaction_deferrable ]; then
    on_plain "$setting" 'sessions between nodes have it too, and wait until ours has ended' || continue
  fi
  psql -XAtq -d postgres -c "alter database $PGDATABASE set $setting = $value" || exit 2
done <<'END'
search_path public
statement_timeout 1
lock_timeout 1
idle_in_transaction_session_timeout 1
DateStyle 'SQL, MDY'
IntervalStyle iso_8601
TimeZone 'Pacific/Apia'
extra_float_digits -15
bytea_output escape
standard_conforming_strings off
client_encoding LATIN1
transform_null_equals on
array_nulls off
quote_all_identifiers on
default_transaction_read_only on
default_transaction_isolation serializable
synchronous_commit off
exit_on_error on
row_security on
client_min_messages log
xmlbinary hex
xmloption document
backslash_quote on
escape_string_warning on
plan_cache_mode force_generic_plan
constraint_exclusion off
session_replication_role replica
lc_messages 'C.UTF-8'
lc_monetary 'C.UTF-8'
check_function_bodies off
default_toast_compression pglz
default_transaction_deferrable on
gin_fuzzy_search_limit 1
END
load_all
check 'the samples load all the same' test "$status" -le 1 || cat "$work/err"
unset PGDATESTYLE
equal 'and are the same' "$before" "$(PGOPTIONS='-c default_transaction_read_only=off -c statement_timeout=0 -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c bytea_output=hex -c client_encoding=UTF8 -c extra_float_digits=1 -c search_path=public -c quote_all_identifiers=off -c standard_conforming_strings=on' digest)"
equal 'what is told of them too' "$told" "$(results)"
cdretl init
equal 'init has nothing to do' 0 "$status"

# --- rights ---
drop_db "$PGDATABASE"
export PGDATABASE=postgres
sql "do \$\$ begin create role session_loader login; exception when duplicate_object then null; end \$\$"
fresh_db
PGUSER=session_loader exits 'a stranger does not read' 5 stats
says 'it says what to grant to whom' 'grant cdretl_dashboard to session_loader'
PGUSER=session_loader exits 'a stranger does not load' 5 load "${samples[0]}"
says 'it says what to grant to whom' 'grant cdretl_loader to session_loader'
sql 'grant cdretl_loader to session_loader'
sql "revoke temporary on database $PGDATABASE from public"
PGUSER=session_loader exits 'without temporary tables neither' 5 load "${samples[0]}"
says 'it says what to grant to whom' "grant temporary on database $PGDATABASE to cdretl_loader"
sql "grant temporary on database $PGDATABASE to cdretl_loader"
PGUSER=session_loader exits 'then he loads' 0 load "${samples[0]}"
drop_db "$PGDATABASE"
PGDATABASE=postgres sql 'drop role session_loader'
finish
