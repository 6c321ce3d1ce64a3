#!/usr/bin/env bash
# recompute reads only legs that other rules can decide otherwise: by dice, rule set after rule
# set, that comes to what reading all of them does.  CDRETL_AFFECTED=N sets, from
# CDRETL_AFFECTED_SEED on.
sets=${CDRETL_AFFECTED:-6} seed=${CDRETL_AFFECTED_SEED:-1}
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
not_on_citus 'no database is a copy of another'
period='--from 2000-01-01 --to 2030-01-01'

fresh_db
cdretl --tz Europe/Kyiv load --date 2026-06-01 tests/samples/demo tests/samples/json
case $status in 0 | 1 | 3 | 6) ;; *) bad 'load' "$(cat "$work/err")" ;; esac
loaded=$PGDATABASE

# --- what is not read --------------------------------------------------------------------
empty_db "$loaded"
# A leg that somebody spoils shows: by its own rules it cannot change, so it is not read.
rm -rf "$work/dice"
cp -r mappings "$work/dice"
echo '{"rules":[{"id":"one","when":{"sip_code":404,"duration":{"min":1}},"then":{"category":"BUSY","confidence":"certain"},"why":"test"}]}' \
  >"$work/dice/rules/05-one.json"
spoilt=$(sql "update cdr.leg set ended_by = 'nobody' where leg_key = (select leg_key from cdr.leg
  where sip_code = 486 order by started_at, leg_key limit 1) returning leg_key")
# shellcheck disable=SC2086
exits 'the rules that decided' 0 recompute $period
equal 'where no rule differs, every leg is' 0 "$(sql "select count(*) from cdr.leg where ended_by = 'nobody'")"
sql "update cdr.leg set ended_by = 'nobody' where leg_key = '$spoilt'"
# shellcheck disable=SC2086
exits 'a rule more' 0 --json --mappings "$work/dice" recompute --untested-rules $period
equal 'every leg is counted' "$(sql 'select count(*) from cdr.leg')" "$(jq .legs "$work/out")"
equal 'a leg that the rule cannot mean is not read' nobody "$(sql "select ended_by from cdr.leg where leg_key = '$spoilt'")"
# shellcheck disable=SC2086
exits 'every leg' 0 --mappings "$work/dice" recompute --untested-rules --every-leg $period
equal 'unless every leg is' 0 "$(sql "select count(*) from cdr.leg where ended_by = 'nobody'")"
sql "update cdr.leg set ended_by = 'nobody' where leg_key = '$spoilt'; update cdr.run set program = 'another'"
# shellcheck disable=SC2086
exits 'another program decided' 0 --mappings "$work/dice" recompute --untested-rules $period
equal 'or another program decided' 0 "$(sql "select count(*) from cdr.leg where ended_by = 'nobody'")"

# --- by dice ------------------------------------------------------------------------------
# Two databases that hold the same.
empty_db "$loaded"
some=$PGDATABASE
empty_db "$loaded"
all=$PGDATABASE

# What the legs have in the fields that rules ask for.
sql "select jsonb_build_object(
  'rule_id', jsonb_agg(distinct rule_id),
  'sip_code', jsonb_agg(distinct sip_code) filter (where sip_code between 100 and 699),
  'q850', jsonb_agg(distinct q850) filter (where q850 is not null),
  'q850_any', jsonb_agg(distinct q850_implied) filter (where q850_implied is not null),
  'hangup_cause', jsonb_agg(distinct hangup_cause) filter (where hangup_cause ~ '^[A-Z_]+$'),
  'disposition', jsonb_agg(distinct disposition) filter (where disposition ~ '^[a-z_]+$'),
  'release', jsonb_agg(distinct release) filter (where release <> ''),
  'gateway', jsonb_agg(distinct gateway) filter (where length(gateway) > 4),
  'provider', jsonb_agg(distinct provider) filter (where provider <> ''),
  'direction', jsonb_agg(distinct direction) filter (where direction <> ''),
  'destination', jsonb_agg(distinct destination_e164) filter (where destination_e164 <> ''),
  'queue', jsonb_agg(distinct queue) filter (where queue <> ''),
  'duration', jsonb_agg(distinct duration) filter (where duration < 60)) from cdr.leg" >"$work/values"

# recomputed DATABASE FILE OPTION...: by the folder of dice; what it says, and what is stored then.
recomputed() {
  local file=$2
  export PGDATABASE=$1
  shift 2
  # shellcheck disable=SC2086 # words
  exits "set $seed: recompute" 0 --json --mappings "$work/dice" recompute --untested-rules "$@" $period
  jq -S 'del(.run) | .moves |= sort | .days[].moves |= sort' "$work/out" >"$file"
  digest >>"$file"
  sql "select to_jsonb(c) - 'changed_at' from cdr.outcome_change c order by run_id, started_at, leg_key" >>"$file"
}

both() {
  recomputed "$some" "$work/some"
  recomputed "$all" "$work/all" --every-leg
  if cmp -s "$work/some" "$work/all"; then good; else
    bad "set $seed: $1" "$(diff "$work/some" "$work/all" | cut -c 1-300)"
  fi
}

number=$(PGDATABASE=$some sql "select destination from cdr.leg where destination_e164 <> '' group by 1 order by count(*) desc, 1 limit 1")
changed=0
for ((last = seed + sets; seed < last; seed++)); do
  # a set that makes no sense is thrown again
  for ((throw = 0; throw < 20; throw++)); do
    rm -rf "$work/dice"
    cp -r mappings "$work/dice"
    python3 tests/cli/database/affected.py "$((seed * 100 + throw))" "$work/dice" "$work/values" || bad "set $seed"
    "$CDRETL" --mappings "$work/dice" rules list >/dev/null 2>&1 && break
  done
  both 'the same by either way'
  changed=$((changed + $(head -n -0 "$work/some" | jq -n 'input.changed')))
  # A number that is forgotten takes with it what was decided by it.
  [ "$seed" != $((last - 4)) ] || for database in "$some" "$all"; do
    PGDATABASE=$database exits 'forget' 0 forget "$number"
  done
done
check 'they change something' test "$changed" -gt 100
export PGDATABASE=$some
equal 'the statistics are those of the legs' 0 "$(unlike -infinity)"

finish
