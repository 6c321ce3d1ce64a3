#!/bin/sh
# elt.sh FILE - psql alone: the texts by \copy, everything else in SQL.
set -eu
[ "$1" != --there ] || exit 0
exec psql -Xq -v ON_ERROR_STOP=1 -1 -c "set timezone = 'Etc/GMT-3'" -c '
  create temp table raw (id text, created_at text, direction text, answered_at text, bridged_at text, hangup_at text,
    hangup_phrase text, user_name text, extension text, from_number text, "to" text, destination text, gateway text,
    queue text, hangup_by text, duration text, wait_sec text, bill_sec text, talk_sec text, result text, sip_code text,
    cause text, hangup_disposition text, amd_result text)' \
  -c "\\copy raw from '$1' (format csv, header, delimiter ';')" -c 'analyze raw' -f "$(dirname "$0")/legs.sql"
