#!/usr/bin/env bash
# One record cannot stop a run: long texts are cut and kept whole in extra, dates are
# bounded before a partition is asked for, and what the server refuses is the file's
# fault alone.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

# Text that does not compress: an index takes compressed 3,000 bytes.
long() { head -c $(($1 * 5 / 8)) /dev/urandom | base32 -w 0 | tr 2-7 A-F; }
cause=$(long 3000) gate=$(long 3000) cyr=$(printf '%254s' '' | tr ' ' x)Їend
head='uuid,created_time,caller_id_number,destination_number,duration,billsec,hangup_cause,gateway,direction'
row() { echo "3f6f6f36-9c21-4a0e-8f77-00000000000$1,$2,380671234567,380441112233,5,0,$3,$4,outbound"; }
fresh_db

{ echo "$head"; row 1 2026-03-02T10:00:00Z "$cause" "$gate"; row 2 2026-03-02T10:01:00Z NO_ANSWER "$cyr"; } >"$work/long.csv"
exits 'long texts: check' 0 --tz UTC check "$work/long.csv"
exits 'long texts: load' 0 --tz UTC load "$work/long.csv"
equal 'long texts are cut' '255|255' \
  "$(sql "select octet_length(hangup_cause), octet_length(gateway) from cdr.leg where leg_key::text like '%1'")"
equal 'and stand whole in extra' "$cause|$gate|gateway, hangup_cause" \
  "$(sql "select extra ->> 'hangup_cause', extra ->> 'gateway', extra ->> 'truncated'
    from cdr.leg where leg_key::text like '%1'")"
equal 'no character is torn' 254 "$(sql "select octet_length(gateway) from cdr.leg where leg_key::text like '%2'")"
equal 'they are counted' 2 "$(sql "select sum(n) from cdr.stat_hour where unit = 'attempt'")"
cdretl --tz UTC check --rows ndjson "$work/long.csv"
equal 'check shows what load stores' "$(sql "select gateway from cdr.leg where leg_key::text like '%1'")" \
  "$(grep -m 1 '^{"leg_key' "$work/out" | jq -r .gateway)"
before=$(digest)
exits 'recompute reads the same' 0 recompute --from 2026-03-01 --to 2026-04-01
equal 'and changes nothing' "$before" "$(digest)"

# Every text at once: every index still takes the row.
jq -n --arg t "$(long 5000)" '{uuid: "3f6f6f36-9c21-4a0e-8f77-00000000000a", created_time: "2026-03-02T11:00:00Z",
  caller_id_number: "380671234567", destination_number: "380441112233", duration: 5, billsec: 0} +
  ({domain_name: $t, direction: $t, gateway: $t, hangup_cause: $t, hangup_disposition: $t, queue_name: $t,
    extension: $t, sip_reason: $t})' -c >"$work/all.json"
exits 'all texts long' 0 --tz UTC load "$work/all.json"
equal 'none is longer than 255 bytes' 0 "$(sql "select count(*) from cdr.leg l,
  lateral jsonb_each_text(to_jsonb(l) - 'extra') t where octet_length(t.value) > 255")"

# A number where a word is due: who reads causes and directions sees none.
fresh_db
jq -n --arg t 380671234567 '{uuid: "3f6f6f36-9c21-4a0e-8f77-00000000000b", created_time: "2026-03-02T11:00:00Z",
  caller_id_number: $t, destination_number: "380441112233", duration: 5, billsec: 0} +
  ({direction: $t, hangup_cause: ("NO " + $t), originate_disposition: "+38 (067) 123-45-67", transfer_disposition: $t,
    variables: {amd_result: "٣٨٠٦٧١٢٣٤٥٦٧", amd_cause: $t}})' -c >"$work/numbers.json"
exits 'numbers in place of words' 0 --tz UTC load "$work/numbers.json"
equal 'are no words' '' "$(sql "select concat(direction, hangup_cause, amd_result, hangup_by, originate_disposition,
  transfer_disposition, amd_cause, queue_type) from cdr.leg")"
equal 'and stand in extra' 'NO 380671234567|direction, hangup_cause, originate_disposition, amd_result, amd_cause, transfer_disposition' \
  "$(sql "select extra ->> 'hangup_cause', extra ->> 'misplaced' from cdr.leg")"
equal 'nothing that is grouped has one' 0 "$(sql "select count(*) from cdr.stat_hour s where s::text ~ '671234567|٦٧١٢٣٤'")"

# Dates: the earliest that is a date at all, in an empty database.
fresh_db
for when in 1990-01-01T00:00:00Z 1990-01-31T23:59:59Z; do
  { echo "$head"; row 1 "$when" NO_ANSWER g; } >"$work/1990.csv"
  exits "$when: check" 0 --tz UTC check "$work/1990.csv"
  exits "$when: load" 0 --tz UTC load "$work/1990.csv"
done
{ echo "$head"; row 1 1990-01-01T00:00:00+02:00 NO_ANSWER g; row 2 2026-03-02T10:01:00Z NO_ANSWER g; } >"$work/1989.csv"
exits 'before 1990: check' 1 --tz UTC check "$work/1989.csv"
exits 'before 1990: load' 1 --tz UTC load "$work/1989.csv"

# A pipe among the mapping files is no file, and nobody waits for it.
cp -r mappings "$work/maps"
for pipe in rules/50-pipe.json fields/pipe.json cases/pipe.csv; do
  mkfifo "$work/maps/$pipe"
  timeout 20 "$CDRETL" --mappings "$work/maps" --tz UTC check "$work/long.csv" >"$work/out" 2>"$work/err"
  equal "$pipe ends the program" 4 $?
  check "$pipe is named" grep -q "${pipe##*/}" "$work/err"
  rm "$work/maps/$pipe"
done
# Nor is it one in a folder that lies over, nor a folder or a device anywhere.
mkdir -p "$work/over/rules" "$work/over/fields" "$work/over/cases" "$work/over/carriers/x"
for odd in rules/50-odd.json fields/odd.json cases/odd.csv categories.json providers.json numbers.json \
  carriers/x/provider.json carriers/x/50-x.json carriers/x/x.csv; do
  for kind in 'mkfifo' 'mkdir' 'ln -s /dev/zero'; do
    $kind "$work/over/$odd"
    timeout 20 "$CDRETL" --mappings "$work/over" --tz UTC check "$work/long.csv" >"$work/out" 2>"$work/err"
    equal "$odd by $kind ends the program" 4 $?
    check "$odd by $kind is named" grep -q "${odd##*/}" "$work/err"
    rm -rf "${work:?}/over/$odd"
  done
done

# Patterns that begin with a star are held against each other: there may be so many, not more.
many() { jq -n --argjson n "$1" '{rules: [{id: "many", why: "because", when: {gateway: [range($n) | {glob: "*gate\(.)x"}]},
  then: {category: "BUSY", confidence: "certain"}}]}' >"$work/maps/rules/05-many.json"; }
many 1900
exits 'many patterns' 0 --mappings "$work/maps" rules lint
many 2100
exits 'too many patterns' 4 --mappings "$work/maps" rules lint
says 'too many patterns' '05-many\.json.*more than 2000 patterns begin with'
rm "$work/maps/rules/05-many.json"

# Patterns of many stars on a long cell: the cell is bounded, so the work is that of the
# pattern's length.  What counts is that it ends.
stars=$(printf '%2000s' '' | sed 's/ /*a/g')b
jq -n --arg glob "$stars" '{rules: [{id: "stars", when: {gateway: {glob: $glob}}, why: "because",
  then: {category: "BUSY", confidence: "certain"}}]}' >"$work/maps/rules/05-stars.json"
{ echo "$head"; row 1 2026-03-02T10:00:00Z NO_ANSWER "$(printf '%900000s' '' | tr ' ' a)"; } >"$work/stars.csv"
exits 'many stars' 0 --mappings "$work/maps" --tz UTC check --untested-rules "$work/stars.csv"
finish
