#!/usr/bin/env bash
# Rules over real traffic: how often each decided, by carrier, and which never; two carriers
# side by side; where a rule would be worth most.  Held against SQL over the legs.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
days=(tests/samples/demo/history-2026-06-0[12].csv.gz)
period=(--from 2026-05-31 --to 2026-06-04)
fresh_db
"$CDRETL" load "${days[@]}" >/dev/null
all=$(sql 'select count(*) from cdr.leg')
by_rule() { sql "select format('%s,%s,%s', count(*), coalesce(provider, '(none)'), rule_id) from cdr.leg $1 group by provider, rule_id" | sort; }
rows() { awk -F , 'NR > 1 && $1 > 0 { print $1 "," $2 "," $4 }' "$work/out" | sort; }

# --- coverage ---
exits 'coverage' 0 rules coverage "${period[@]}" --csv
equal 'captions' 'legs,carrier,share,rule_id,table' "$(head -n 1 "$work/out")"
equal 'each rule by carrier' "$(by_rule '')" "$(rows)"
equal 'shares of a carrier are all of it' 1 "$(awk -F , '$2 == "vega" { sum += $3 } END { print (sum > 99 && sum < 101) }' "$work/out")"
ids=$(jq -r '.rules[].id' mappings/rules/*.json | sort)
never=$(comm -23 <(echo "$ids") <(sql 'select distinct rule_id from cdr.leg' | sort))
equal 'and those that decided nothing' "$never" "$(awk -F , '$1 == 0 { print $4 }' "$work/out" | sort)"
exits 'one carrier' 0 rules coverage "${period[@]}" --provider vega --csv
equal 'its rules' "$(by_rule "where provider = 'vega'")" "$(rows)"
check 'not those of another' bash -c "! grep -q intertelecom '$work/out'"
check 'its own that decided nothing' grep -q '^0,,,vega\.' "$work/out"
exits 'as JSON' 0 --json rules coverage "${period[@]}"
equal 'all legs' "$all" "$(jq '[.fired[].legs] | add' "$work/out")"
equal 'and the rest' "$(wc -l <<<"$never")" "$(jq '.never | length' "$work/out")"
exits 'as a table' 0 rules coverage "${period[@]}"
check 'says how many' grep -qx "$(($(wc -l <<<"$ids") - $(wc -l <<<"$never"))) of $(wc -l <<<"$ids") rules decided a leg; none was decided by" "$work/out"
exits 'over files' 0 rules coverage "${days[@]}" --csv
equal 'the same' "$(by_rule '')" "$(rows)"
# What decided then counts: a rule that is gone is told.
mkdir -p "$work/mine/rules"
cp -r mappings "$work/without"
jq 'del(.rules[] | select(.id == "vega.declined"))' mappings/rules/65-provider-vega.json >"$work/without/rules/65-provider-vega.json"
exits 'another set' 0 --mappings "$work/without" rules coverage "${period[@]}" --csv
check 'has no such rule' grep -qE '^[0-9]+,vega,[0-9.]+,vega.declined,\(not of this set\)' "$work/out"
exits 'words for a period' 0 rules coverage --month 2026-06 --csv
equal 'a month' "$(by_rule "where started_at >= '2026-06-01 00:00 Europe/Kyiv'")" "$(rows)"
exits 'no period' 2 rules coverage
exits 'half a period' 2 rules coverage --from 2026-06-01
exits 'both' 2 rules coverage "${days[0]}" --last 7d
exits 'an unknown carrier' 2 rules coverage "${period[@]}" --provider vegas
says 'an unknown carrier' 'did you mean "vega"'
exits 'two forms' 2 --json rules coverage "${period[@]}" --csv
exits 'an empty period' 0 rules coverage --from 2020-01-01 --to 2020-01-02
check 'warns' grep -q 'no calls in this period' "$work/err"

# --- stats by rule ---
exits 'stats' 0 stats "${period[@]}" --by rule --csv
equal 'the same figures' "$(by_rule '')" "$(awk -F , 'NR > 1 { print $3 "," $2 "," $1 }' "$work/out" | sort)"
equal 'undetermined ones' "$(sql "select count(*) from cdr.leg where confidence = 'ambiguous'")" \
  "$(awk -F , 'NR > 1 { sum += $5 } END { print sum }' "$work/out")"
exits 'as a reader of dashboards' 0 --db "options='-c role=cdretl_dashboard'" stats "${period[@]}" --by rule --csv
equal 'sees the same' "$(by_rule '')" "$(awk -F , 'NR > 1 { print $3 "," $2 "," $1 }' "$work/out" | sort)"

# --- two carriers side by side ---
exits 'compare' 0 --json rules compare vega intertelecom "${period[@]}" --limit 1000
side() { jq -r ".combinations[] | select(.legs_$1 > 0) | [.legs_$1, .release, .hangup_cause, .sip_code] | map(. // \"\") | join(\",\")" "$work/out" | sort; }
combinations() { sql "select format('%s,%s,%s,%s', count(*), release, hangup_cause, sip_code) from cdr.leg where provider = '$1'
  group by release, hangup_cause, sip_code, coalesce(q850, q850_implied)" | sort; }
equal "one's combinations" "$(combinations vega)" "$(side a)"
equal "the other's" "$(combinations intertelecom)" "$(side b)"
equal 'what 486 means there' 'REJECTED probable [BUSY] by vega.declined' \
  "$(jq -r '.combinations[] | select(.sip_code == 486 and .legs_a > 0) | .outcome_a' "$work/out")"
cp "$work/out" "$work/stored"
exits 'over files' 0 --json rules compare vega intertelecom "${days[@]}" --limit 1000
check 'the same' cmp "$work/out" "$work/stored"
exits 'as CSV' 0 rules compare vega intertelecom "${period[@]}" --csv
equal 'captions' 'legs,release,hangup_cause,sip_code,q850,legs_a,outcome_a,legs_b,outcome_b' "$(head -n 1 "$work/out")"
exits 'as a table' 0 rules compare vega intertelecom "${period[@]}"
check 'both are named' bash -c "head -n 1 '$work/out' | grep -q 'vega .*intertelecom'"
exits 'one carrier alone' 2 rules compare vega "${period[@]}"
exits 'no legs' 2 rules compare vega intertelecom
exits 'an unknown one' 2 rules compare vega nobody "${period[@]}"

# --- suggest ---
exits 'suggest over the database' 0 --json rules suggest "${period[@]}" --limit 1000
open="confidence <> 'certain' and not answered and (gateway is not null or provider is not null)
  and rule_id !~ '^(vega|intertelecom|internal)[.]'"
equal 'legs' "$all $(sql "select count(*) from cdr.leg where $open")" "$(jq -r '"\(.legs) \(.open)"' "$work/out")"
equal 'kinds' "$(sql "select format('%s %s %s', count(*), gateway, sip_code) from cdr.leg where $open and hangup_cause = 'USER_BUSY' group by gateway, sip_code" | sort)" \
  "$(jq -r '.kinds[] | select(.hangup_cause == "USER_BUSY") | "\(.legs) \(.gateway) \(.sip_code)"' "$work/out" | sort)"
cp "$work/out" "$work/stored"
exits 'suggest over files' 0 --json rules suggest "${days[@]}" --limit 1000
check 'the same' cmp "$work/out" "$work/stored"
exits 'as CSV' 0 rules suggest "${period[@]}" --csv
equal 'captions' 'legs,gateway,release,hangup_cause,sip_code,q850,outcome,rule_id' "$(head -n 1 "$work/out")"
for command in suggest coverage 'diff mappings'; do
  # shellcheck disable=SC2086 # words
  exits "files and a period: $command" 2 rules $command "${days[0]}" "${period[@]}"
  says "files and a period: $command" 'choose one'
done
finish
