#!/usr/bin/env bash
# The counts are held against what was stored before the commit: a row that gets lost in
# the database, or is counted wrongly by the program, ends the load with exit 8, and nothing
# of the file is kept.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
file=tests/samples/demo/history-2026-06-01.csv.gz

not_on_citus 'rows are lost by triggers on cdr.leg, which Citus refuses'

# What a load must not have touched.
kept() { digest; sql 'select count(*) from cdr.file'; sql 'select count(*) from cdr.reject'; }

# refuses NAME TEXT FILE: exit 8, one sentence with TEXT, nothing kept, the run says so.
refuses() {
  local before
  before=$(kept)
  exits "$1" 8 --tz Europe/Kyiv load "$3"
  says "$1: one sentence" "$2"
  equal "$1: nothing is kept" "$before" "$(kept)"
  equal "$1: the run says so" 8 "$(last_exit)"
}

# --- the database loses rows --------------------------------------------------------------
swallow() { # TABLE CONDITION
  sql "create function swallow() returns trigger language plpgsql as
      'begin if $2 then return null; end if; return new; end';
    create trigger swallow before insert on $1 for each row execute function swallow()"
}
unswallow() { sql 'drop function swallow cascade'; }

# The calls; half of them as told by somebody who knows no SIP codes; some that make no sense.
gzip -dc "$file" >"$work/calls.csv"
head -n 400 "$work/calls.csv" | sed 's/;\(4[0-9][0-9]\|200\);/;;/g' >"$work/less.csv"
{ cat "$work/calls.csv"; tail -n 5 "$work/calls.csv" | sed 's/;01\.06\.2026/;32.13.2026/'; echo; } >"$work/rejects.csv"

fresh_db
swallow cdr.leg 'new.line_no = 7'
refuses 'a row is lost on the direct way' 'rows were sent' "$work/calls.csv"
unswallow
swallow cdr.reject true
refuses 'a reject is lost' 'rejects were sent' "$work/rejects.csv"
unswallow

exits 'half of the calls' 0 --tz Europe/Kyiv load "$work/less.csv"
swallow cdr.leg 'new.line_no = 700'
refuses 'a new row is lost in a merge' 'do not balance' "$work/calls.csv"
unswallow
swallow cdr.leg 'new.sip_code = 487'
refuses 'a changed row is lost in a merge' 'legs were put in' "$work/calls.csv"
unswallow
exits 'nothing is lost' 1 --tz Europe/Kyiv load "$work/rejects.csv"
equal 'nothing is lost: the ledger is what is stored' "$(sql 'select count(*) from cdr.leg')" \
  "$(sql 'select sum(inserted) from cdr.file')"

# --- the program counts wrongly -------------------------------------------------------------
# Copies of the program in each of which one line says something else.
built=$(dirname "$CDRETL")
objects=build/$(basename "$built")
mkdir -p "$work/tree/$objects"
cp -a Makefile etl schema scripts "$work/tree/"
cp -a "$built/etl" "$built/version" "$built"/sql_texts.* "$work/tree/$objects/"
sed 's/.*(\(.*\)).*/\1/' "$built/version" >"$work/tree/COMMIT"
export CDRETL_MAPPINGS=$PWD/mappings

# mutant NAME FILE SED-PROGRAM TEXT: the changed program refuses its own counts.
mutant() {
  local name=$1 source=$2 program=$3
  sed "$program" "$source" >"$work/tree/$source"
  check "$name: a line is changed" test "$(diff "$source" "$work/tree/$source" | grep -c '^>')" = 1
  check "$name: it builds" env -u MAKEFLAGS -u MAKELEVEL make -s -C "$work/tree" O="$objects" BUILD="${BUILD:-debug}" all
  CDRETL=$work/tree/$objects/cdretl refuses "$name" "$4" "$work/rejects.csv"
  cp "$source" "$work/tree/$source"
}

fresh_db
mutant 'a reject is counted as inserted too' etl/loader/loader.c \
  's/report->inserted = load->attempt.rows;/report->inserted = load->attempt.rows + report_rejected(report);/' 'do not balance'
mutant 'a reject is counted twice' etl/flow.c \
  's/report->rejected\[reject->code\]++;/report->rejected[reject->code] += 2;/' 'do not balance'
mutant 'a blank line is not counted' etl/readers/reader.c \
  's/reader->has_lines ? reader->blank : 0;/0;/' 'do not balance: .* lines'
finish
