#!/bin/sh
# pgloader.sh FILE - pgloader takes the texts, everything else in SQL.
set -eu
[ "$1" != --there ] || { command -v pgloader >/dev/null; exit; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
columns='id, created_at, direction, answered_at, bridged_at, hangup_at, hangup_phrase, user_name, extension, from_number, to_text, destination, gateway, queue, hangup_by, duration, wait_sec, bill_sec, talk_sec, result, sip_code, cause, hangup_disposition, amd_result'
psql -Xqc "create unlogged table public.raw ($(echo "$columns" | sed 's/,/ text,/g') text)"
cat >"$dir/raw.load" <<END
LOAD CSV FROM '$(realpath "$1")' ($columns)
INTO postgresql://$PGUSER@unix:$PGHOST:${PGPORT:-5432}/$PGDATABASE TARGET TABLE public.raw ($columns)
WITH skip header = 1, fields optionally enclosed by '"', fields escaped by double-quote, fields terminated by ';';
END
pgloader --quiet --root-dir "$dir" "$dir/raw.load"
psql -Xq -v ON_ERROR_STOP=1 -1 -c "set timezone = 'Etc/GMT-3'" -c 'analyze public.raw' -f "$(dirname "$0")/legs.sql"
