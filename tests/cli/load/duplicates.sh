#!/usr/bin/env bash
# Several records of one leg in one file: they are one leg, put together field by field, and
# `check` counts of it what `load` stores, whatever the records disagree about and wherever
# in the file they stand.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

a=3f6f6f36-9c21-4a0e-8f77-00000000000a
b=3f6f6f36-9c21-4a0e-8f77-00000000000b
c=3f6f6f36-9c21-4a0e-8f77-00000000000c
d=3f6f6f36-9c21-4a0e-8f77-00000000000d

fresh_db

# record ID PARENT END MEMBERS: a line; PARENT - is none, END - unknown, in ms of a minute.
record() {
  local parent="" end=""
  [ "$2" = - ] || parent="\"parent_id\":\"$2\","
  [ "$3" = - ] || end="\"hangup_at\":\"17174834$3\","
  printf '{"id":"%s",%s%s"direction":"outbound","destination":"380501112233","from":{"number":"380440001122"},%s"created_at":"1717483428123"}\n' \
    "$1" "$parent" "$end" "${4:+$4,}"
}

# counts NAME RECORDS INSERTED DUPLICATE CALLS: of $work/calls.ndjson, by name and by a pipe.
counts() {
  local want="$2 $3 $4 $5" said
  cdretl --json check "$work/calls.ndjson"
  said=$(jq -S '.files[0]' "$work/out")
  equal "$1: check" "$want" "$(jq -r '"\(.records) \(.inserted) \(.duplicate) \(.calls)"' <<<"$said")"
  "$CDRETL" --json check <(cat "$work/calls.ndjson") >"$work/piped" 2>"$work/err"
  equal "$1: check of a pipe" "$(jq 'del(.name)' <<<"$said")" "$(jq -S '.files[0] | del(.name)' "$work/piped")"
  clear_db
  exits "$1: load" 0 --json load "$work/calls.ndjson"
  cp "$work/out" "$work/load"
  equal "$1: is what check said" "$said" "$(jq -S '.files[0]' "$work/load")"
  equal "$1: and what is stored" "$(counted)" "$(reported "$work/load")"
  equal "$1: as many legs" "$3" "$(sql 'select count(*) from cdr.leg')"
  equal "$1: statistics" 0 "$(unlike -infinity)"
}

{
  record $a - 38100 '"cause":"NORMAL_CLEARING"'
  record $d - 38200 '"cause":"NORMAL_CLEARING"'
  record $b $a 38300 '"cause":"USER_BUSY","sip_code":486'
  record $b $d 38400 '"cause":"USER_BUSY","sip_code":486'
} >"$work/calls.ndjson"
counts 'two parents' 4 3 1 2
equal 'two parents: the record that ended later names it' $d "$(sql "select call_key from cdr.leg where leg_key = '$b'")"

tac "$work/calls.ndjson" >"$work/turned" && mv "$work/turned" "$work/calls.ndjson"
counts 'the better record first' 4 3 1 2
equal 'the better record first: it names the call' $d "$(sql "select call_key from cdr.leg where leg_key = '$b'")"

{
  record $b - 38900 '"cause":"USER_BUSY","sip_code":486'
  record $a - 38100 '"cause":"NORMAL_CLEARING"'
  record $b $a 38300 ''
} >"$work/calls.ndjson"
counts 'a parent known to the worse record only' 3 2 1 1

{ record $b $b 38300 '"cause":"USER_BUSY"'; record $b - 38400 '"cause":"USER_BUSY"'; } >"$work/calls.ndjson"
counts 'its own parent' 2 1 1 1

{
  record $a $b 38300 '"cause":"USER_BUSY"'
  record $b $c 38300 '"cause":"USER_BUSY"'
  record $c $a 38300 '"cause":"USER_BUSY"'
  record $a $c 38400 '"cause":"NO_ANSWER"'
} >"$work/calls.ndjson"
counts 'parents in a circle' 4 3 1 2

# What one record lacks another has: the leg is decided by both.
{ record $a - 38300 '"cause":"NORMAL_CLEARING"'; record $a - - '"sip_code":404,"gateway":{"id":"4","name":"Vega"}'; } >"$work/calls.ndjson"
counts 'cause here, code there' 2 1 1 1
equal 'cause here, code there: the leg has both' 'NORMAL_CLEARING 404 vega' \
  "$(sql "select concat_ws(' ', hangup_cause, sip_code, provider) from cdr.leg")"

{
  for i in 1 2 3; do record $a - 3830$i '"cause":"NO_USER_RESPONSE"'; done
  for _ in 1 2; do record $b $a 38300 '"cause":"NO_ANSWER","hangup_phrase":"Busy Here"'; done
  record $b $a 38300 '"cause":"NO_ANSWER","sip_code":480'
} >"$work/calls.ndjson"
counts 'three and three' 6 2 4 1

# Of records that end together the one that knows more is the better one, then the greater digest.
{ record $a - 38300 '"cause":"USER_BUSY"'; record $a - 38300 '"cause":"NO_ANSWER","sip_code":480'; } >"$work/calls.ndjson"
counts 'knows more' 2 1 1 1
equal 'knows more: its cause' NO_ANSWER "$(sql 'select hangup_cause from cdr.leg')"
{ record $a - 38300 '"cause":"USER_BUSY"'; record $a - 38300 '"cause":"NO_ANSWER"'; } >"$work/calls.ndjson"
counts 'know as much' 2 1 1 1

# Without ids equal rows are legs of their own: nothing is a duplicate.
cdretl --json --tz Europe/Kyiv check tests/samples/csv/grid-equal-rows.csv
said=$(jq -S '.files[0]' "$work/out")
equal 'equal rows without ids' 0 "$(jq .duplicate <<<"$said")"
clear_db
exits 'equal rows without ids: load' 0 --json --tz Europe/Kyiv load tests/samples/csv/grid-equal-rows.csv
equal 'equal rows without ids: is what check said' "$said" "$(jq -S '.files[0]' "$work/out")"
finish
