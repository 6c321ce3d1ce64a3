#!/bin/sh
# elt.sh FILE - psql alone: the texts by \copy, everything else in SQL.
set -eu
[ "$1" != --there ] || exit 0
here=$(dirname "$0")
exec psql -Xq -v ON_ERROR_STOP=1 -v kind=temp -1 -c "set timezone = 'Etc/GMT-3'" -f "$here/raw.sql" \
  -c "\\copy raw from '$1' (format csv, header, delimiter ';')" -c 'analyze raw' -f "$here/legs.sql"
