#!/bin/sh
# miller.sh FILE - Miller converts and looks up, \copy takes its rows; statistics in SQL.
# shellcheck disable=SC1010,SC2016 # Miller's own words
set -eu
[ "$1" != --there ] || { command -v mlr >/dev/null; exit; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
psql -Xqc "\\copy (select hangup_cause as cause, sip_code, hangup_by, direction, webitel_result as hangup_disposition, gateway, lasted, provider, release, is_outbound, answered, category, confidence, alternatives, outcome_group, ended_by, rule_id, naive_category from public.outcome) to '$dir/outcome.csv' (format csv, header, delimiter ';')"
columns=leg_key,call_key,side,direction,started_at,answered_at,bridged_at,ended_at,caller,destination,caller_e164,destination_e164,extension,agent,queue,gateway,provider,duration,bill_seconds,talk_seconds,hangup_cause,sip_code,hangup_by,webitel_result,amd_result,release,is_outbound,answered,category,confidence,alternatives,outcome_group,ended_by,rule_id,naive_category,ruleset_id,run_id,file_id,line_no,extra,evidence_hash
mlr --icsv --ifs ';' --otsv --headerless-tsv-output -S put '
  func seconds(str t): int { return t =~ ":" ? hms2sec(t) : int(t) }
  func e164(str n): str { return n =~ "^380[0-9]{9}$" ? "+" . n : "" }
  $line_no = NR + 1;
  $leg_key = $id; $call_key = $id; $side = "a"; $started_at = $created_at; $ended_at = $hangup_at; $agent = $user;
  $caller = $from; $caller_e164 = e164(string($from)); $destination_e164 = e164(string($destination));
  $bill_seconds = seconds(string($bill_sec)); $talk_seconds = seconds(string($talk_sec));
  $extra = "{\"wait_sec\": \"" . $wait_sec . "\", \"result\": \"" . $result . "\", \"sip_phrase\": \"" . $hangup_phrase . "\"}";
  $duration = seconds(string($duration));
  $lasted = $bill_seconds > 0 ? 0 : $duration;
  $ruleset_id = 1; $run_id = 1; $file_id = 1; $evidence_hash = 0' \
  then join --ur -f "$dir/outcome.csv" -j cause,sip_code,hangup_by,direction,hangup_disposition,gateway,lasted \
  then put '$hangup_cause = $cause; $webitel_result = $hangup_disposition' \
  then unsparsify then cut -o -f "$columns" "$1" |
  psql -Xq -v ON_ERROR_STOP=1 -1 -c "set timezone = 'Etc/GMT-3'" -c "set datestyle = 'ISO, DMY'" \
    -c "\\copy cdr.leg ($columns) from pstdin (null '')" \
    -c 'insert into cdr.stat_hour select h.* from public.period p cross join lateral cdr.hours_between(p.starts_at, p.ends_at) h'
