#!/bin/sh
# python.sh FILE - Python: csv, datetime and a dictionary, psycopg2's copy, statistics in SQL.
set -eu
[ "$1" != --there ] || exec /usr/bin/python3 -c 'import psycopg2'
exec /usr/bin/python3 "$(dirname "$0")/peer.py" "$1"
