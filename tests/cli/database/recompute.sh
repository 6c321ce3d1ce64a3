#!/usr/bin/env bash
# recompute: loading under one rule set equals loading under another and recomputing, column
# by column; a dry run tells what a run does; interrupted by a signal it goes on.
# shellcheck disable=SC2317 # called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. tests/cli/holder.bash
month='--from 2000-01-01 --to 2030-01-01'

# Two mappings.  The first is the shipped one, with a key for announcements; the second
# knows a carrier less, and its rules, finds two more outcomes ambiguous or sure, and hears
# something else in an announcement.
one=$work/one other=$work/other
edit() { jq "$3" "$1/$2" >"$work/edited" && cp "$work/edited" "$1/$2"; }
cp -r mappings "$one"
edit "$one" fields/rest.json '.fields.announcement = ["variables.heard"]'
cp -r "$one" "$other"
rm "$other/rules/65-provider-vega.json"
edit "$other" providers.json '.providers |= map(select(.id != "vega"))'
edit "$other" announcements.json '.announcements |= map(if .category == "BUSY" then .category = "REJECTED" else . end)'
cat >"$other/rules/05-other.json" <<'END'
{ "about": "Other than the shipped ones.",
  "rules": [
    { "id": "other.busy", "when": { "hangup_cause": "USER_BUSY", "sip_code": 486, "duration": { "min": 5 } },
      "then": { "category": "UNDETERMINED", "confidence": "ambiguous", "alternatives": ["BUSY", "REJECTED"] },
      "why": "for the test" },
    { "id": "other.silent", "when": { "hangup_cause": "NO_ANSWER", "duration": { "max": 20 } },
      "then": { "category": "UNREACHABLE", "confidence": "certain" },
      "why": "for the test" } ] }
END

# Calls over a midnight of UTC, by id, and with announcements: the caller's side and two
# attempts, around 2026-06-09T00:00Z.
call() { # NUMBER SIDE PARENT SECONDS CAUSE CODE HEARD
  printf '{"id":"70000000-0000-4000-8000-%012d","parent_id":%s,"direction":"outbound","created_at":"%s","from":{"number":"1005"},"to":{"number":"0500002924"},"gateway":{"name":"Vega"},"duration":18,"cause":"%s","sip_code":%d,"hangup_by":"B","variables":{"heard":"%s"}}\n' \
    "$1" "$2" "$((1780963200000 + $3 * 1000))" "$4" "$5" "$6"
}
for i in 0 10 20; do
  parent="\"70000000-0000-4000-8000-$(printf %012d $((i + 1)))\""
  call $((i + 1)) null $((i - 30)) NORMAL_CLEARING 200 ''
  call $((i + 2)) "$parent" $((i - 20)) USER_BUSY 486 busy_tone
  call $((i + 3)) "$parent" $((i + 1)) NO_ANSWER 480 ann_busy
done >"$work/night.ndjson"

# Damaged exports among the samples are refused, or have rejects; that is no matter here.
load_all() {
  cdretl --mappings "$1" --tz Europe/Kyiv load --untested-rules --date 2026-06-01 \
    tests/samples/demo tests/samples/csv tests/samples/json "$work/night.ndjson"
  case $status in 0 | 1 | 3 | 6) ;; *) bad 'load' "$(cat "$work/err")" ;; esac
}

# Every column that there is, but those that must differ: who wrote the row last, and by
# which rule set a leg was decided that both decide alike.
without="('leg', 'run_id'), ('leg', 'ruleset_id')"
columns() {
  sql "select string_agg(quote_ident(column_name), ', ' order by ordinal_position)
    from information_schema.columns
    where table_schema = 'cdr' and table_name = '$1'
      and (table_name::text, column_name::text) not in ($without)"
}

# state FILE: legs, calls and statistics as they are.
state() {
  local relation
  for relation in leg call stat_hour; do
    echo "== $relation: $(columns $relation)"
    sql "select $(columns $relation) from cdr.$relation" | LC_ALL=C sort
  done >"$1"
}

# same NAME FILE FILE
same() {
  if cmp -s "$2" "$3"; then good; else bad "$1" "$(diff "$2" "$3" | cut -c 1-400)"; fi
}

count() { sql "select count(*) from $1"; }

fresh_db
load_all "$other"
state "$work/loaded-other"

fresh_db
load_all "$one"
state "$work/loaded"
equal 'legs behind the midnight whose call began before it' 3 "$(count "cdr.leg where side = 'b'
  and call_key::text like '70000000%' and started_at >= '2026-06-09Z' and sip_code = 480")"
for what in "linked_by = 'adjacency'" "linked_by = 'id'" 'announcement is not null' \
  "confidence = 'ambiguous'" "provider = 'vega'"; do
  check "the samples have legs with $what" test "$(count "cdr.leg where $what")" -gt 0
done
check 'they differ between the two' test "$(diff "$work/loaded" "$work/loaded-other" | wc -l)" -gt 1000

# --- a dry run tells, and writes nothing ---------------------------------------------
before=$(digest)
runs=$(count cdr.run)
# shellcheck disable=SC2086 # words
exits 'a dry run' 0 --json --mappings "$other" recompute --untested-rules --dry-run $month
cp "$work/out" "$work/dry.json"
equal 'a dry run writes nothing' "$before $runs" "$(digest) $(count cdr.run)"

# --- recomputing equals loading --------------------------------------------------------
# shellcheck disable=SC2086
exits 'recompute' 0 --json --mappings "$other" recompute --untested-rules $month
cp "$work/out" "$work/wet.json"
state "$work/recomputed"
same 'loading by R2 equals loading by R1 and recomputing by R2' "$work/loaded-other" "$work/recomputed"
equal 'it did what the dry run said' "$(jq -c '.legs, .changed, .moves' "$work/dry.json")" \
  "$(jq -c '.legs, .changed, .moves' "$work/wet.json")"
equal 'days and moves add up' true "$(jq '.legs == ([.days[].legs] | add)
  and .changed == ([.days[].changed] | add) and .legs == ([.moves[].legs] | add)
  and .legs == ([.days[].moves[].legs] | add) and ([.days[].done] | all(. == "now"))' "$work/wet.json")"
equal 'every leg was looked at' "$(count cdr.leg)" "$(jq .legs "$work/wet.json")"
equal 'what was is kept' "$(jq .changed "$work/wet.json")" "$(count cdr.outcome_change)"
equal 'changed legs, and they alone, are of the new rule set' 0 "$(sql "select count(*) from cdr.leg l
  left join cdr.outcome_change c using (leg_key)
  where (l.ruleset_id = (select max(ruleset_id) from cdr.ruleset)) <> (c.leg_key is not null)")"
equal 'its history says which rule, then and now' 0 "$(count "cdr.outcome_change o join cdr.leg l using (leg_key)
  where old_rule_id is null or l.rule_id <> new_rule_id or l.category <> new_category or old_ruleset_id = new_ruleset_id")"

# --- choices ------------------------------------------------------------------------------
# shellcheck disable=SC2086
exits 'a category' 0 --json --mappings "$one" recompute --untested-rules --dry-run --category UNREACHABLE --category REJECTED $month
equal 'a category: its legs' "$(count "cdr.leg where category in ('UNREACHABLE', 'REJECTED')")" "$(jq .legs "$work/out")"
# shellcheck disable=SC2086
exits 'a carrier and a category' 0 --json --mappings "$one" recompute --untested-rules --dry-run --provider intertelecom --category ANSWERED $month
equal 'a carrier and a category: their legs' "$(count "cdr.leg where category = 'ANSWERED' and provider = 'intertelecom'")" \
  "$(jq .legs "$work/out")"
# shellcheck disable=SC2086
exits 'an unknown category' 2 --mappings "$one" recompute --untested-rules --category BUSSY $month
says 'an unknown category' 'category BUSSY'
exits 'the same reader of times' 2 --tz Nowhere rules diff mappings --from 2026-06-01 --to 2026-06-02
says 'the same reader of times' Nowhere
exits 'a day of the zone' 0 --json --tz Europe/Kyiv --mappings "$one" recompute --untested-rules --dry-run --from 2026-06-02 --to 2026-06-03
equal 'a day of the zone: two slices of UTC' '2026-06-01T21:00:00.000Z 2026-06-02T00:00:00.000Z 2026-06-02T21:00:00.000Z' \
  "$(jq -r '[.days[0].from, .days[1].from, .days[1].to] | join(" ")' "$work/out")"

on_plain 'signals' 'whoever changes one leg there holds all of them, so that no day is done' || finish
# --- signals ----------------------------------------------------------------------------
earlier=0
for signal in INT:130 TERM:143; do
  # A leg of the last days that will change is held by somebody else: there it waits.
  hold "update cdr.leg set line_no = line_no where leg_key = (select leg_key from cdr.outcome_change
    where started_at >= '2026-06-09' order by started_at, leg_key limit 1)"
  # shellcheck disable=SC2086
  beside --json --mappings "$one" recompute --untested-rules $month
  check "$signal: it waits for a leg" await is_waiting
  kill -s "${signal%:*}" "$beside"
  ends "$signal: exit code" "${signal#*:}"
  let_go
  says "$signal: how far it came" 'interrupted; [0-9]+ of [0-9]+ days are done, all before 2026-06-.*: the same command goes on there'
  equal "$signal: the document says so" "${signal#*:}" "$(jq .run.exit "$work/out")"
  equal "$signal: the run says so" "${signal#*:}" "$(last_exit)"
  equal "$signal: what was done before" "$earlier" "$(jq '[.days[] | select(.done == "earlier")] | length' "$work/out")"
  earlier=$(jq '[.days[] | select(.done != "no")] | length' "$work/out")
  check "$signal: days are done, and days are left" test "$earlier" -gt 0 -a \
    "$(jq '[.days[] | select(.done == "no")] | length' "$work/out")" -gt 0
  equal "$signal: the statistics are those of the legs" 0 "$(unlike -infinity)"
done
# shellcheck disable=SC2086
exits 'it goes on' 0 --json --mappings "$one" recompute --untested-rules $month
equal 'it goes on: no day twice' "$earlier" "$(jq '[.days[] | select(.done == "earlier")] | length' "$work/out")"
state "$work/back"
same 'and ends where the first load was' "$work/loaded" "$work/back"
finish
