#!/usr/bin/env bash
# Metrics and Prometheus' alerts: the numbers are the ledger's, labels are of closed lists,
# every alert's metrics are written, and alerts fire when they should.  Without promtool the
# form of the file and the rules are not looked at.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"
rules=$PWD/schema/dashboards/prometheus/cdretl.rules.yml
metrics=$work/cdretl.prom
export CDRETL_TZ=Europe/Kyiv

value() { sed -n "s/^$1 //p" "$metrics"; }

fresh_db
exits 'status of an empty database' 1 status --metrics "$metrics"
! command -v promtool >/dev/null || check 'metrics of an empty database' promtool check metrics <"$metrics"
{ cat tests/samples/csv/m6-2026-01.csv; sed -n 2p tests/samples/csv/m6-2026-01.csv | sed 's/20\.01\.2026/99.99.2026/'; } >"$work/one.csv"
printf 'name;price\nbread;20\n' >"$work/shop.csv"
exits 'a load' 3 load "$work/one.csv" "$work/shop.csv" tests/samples/csv/seed-grid.csv
exits 'status' 1 status --metrics "$metrics"
for verdict in loaded refused rolled_back; do
  equal "files $verdict" "$(sql "select count(*) from cdr.file where verdict = '$verdict'")" \
    "$(value "cdretl_last_load_files{verdict=\"$verdict\"}")"
done
equal 'records balance' "$(sql 'select sum(records) from cdr.file')" \
  "$(awk '/^cdretl_last_load_records/ { n += $2 } END { print n }' "$metrics")"
equal 'rejects by code' "$(sql "select count(*) from cdr.reject where code = 'bad_time'")" \
  "$(value 'cdretl_rejects_open_by_code{code="bad_time"}')"
equal 'the undetermined share' "$(sql "select trim_scale(round(sum(n) filter (where category = 'UNDETERMINED') / sum(n), 4))
  from cdr.stat_hour where unit = 'call' and hour > (select max(hour) - interval '7 days' from cdr.stat_hour)")" \
  "$(value cdretl_undetermined_ratio)"
equal 'phases' 4 "$(grep -c '^cdretl_last_load_seconds{' "$metrics")"
exits 'a good load' 0 load tests/samples/csv/seed-grid.csv
exits 'status' 1 status --metrics "$metrics"
equal 'a refused file is open' 1 "$(value cdretl_files_refused)"
while read -r name; do
  check "the alerts' $name is written" grep -qE "^${name}[ {]" "$metrics"
done < <(grep -oE 'cdretl_[a-z_]+' "$rules" | sort -u)

if command -v promtool >/dev/null; then
  check 'metrics' promtool check metrics <"$metrics"
  check 'rules' promtool check rules "$rules"
  cat >"$work/test.yml" <<END
rule_files: [$rules]
evaluation_interval: 1m
tests:
  - interval: 1h
    input_series:
      - { series: cdretl_last_success_timestamp_seconds, values: "0x40" }
      - { series: cdretl_runs_unfinished, values: "1x40" }
      - { series: 'cdretl_attention{reason="run_long"}', values: "0x24 1x16" }
      - { series: cdretl_up, values: "1x40" }
      - { series: cdretl_newest_leg_timestamp_seconds, values: "0x40" }
      - { series: cdretl_data_age_limit_seconds, values: "129600x40" }
      - { series: 'cdretl_signals_last_day{signal="incident"}', values: "0x20 1x20" }
      - { series: cdretl_files_refused, values: "0x10 2x20 0x10" }
      - { series: 'cdretl_last_load_records{outcome="rejected"}', values: "2x40" }
      - { series: 'cdretl_last_load_records{outcome="inserted"}', values: "98x40" }
    alert_rule_test:
      - { eval_time: 25h, alertname: CdretlNoGoodRun, exp_alerts: [] }
      - eval_time: 27h
        alertname: CdretlNoGoodRun
        exp_alerts:
          - exp_labels: { severity: critical }
            exp_annotations:
              summary: No load has done its work for 1d 3h 0m 0s
              description: "journalctl -u cdretl-load; sudo /usr/lib/cdretl/run doctor"
      - eval_time: 27h
        alertname: CdretlRunNeverEnds
        exp_alerts:
          - exp_labels: { severity: warning }
            exp_annotations:
              summary: A run goes on for a day
              description: cdretl status names it, and what to ask the server
      - { eval_time: 36h, alertname: CdretlOldData, exp_alerts: [] }
      - eval_time: 37h
        alertname: CdretlOldData
        exp_alerts:
          - exp_labels: { severity: warning }
            exp_annotations:
              summary: The newest call is 1d 13h 0m 0s old, longer than is usual here
              description: Runs may be well and bring nothing new - ask whoever exports
      - { eval_time: 20h, alertname: CdretlIncident, exp_alerts: [] }
      - eval_time: 22h
        alertname: CdretlIncident
        exp_alerts:
          - exp_labels: { severity: warning, signal: incident }
            exp_annotations:
              summary: "1 times a carrier's network failed far more often than it does, in the last day of which calls are known"
              description: cdretl status says which carrier, when, and how many attempts failed
      - eval_time: 22h
        alertname: CdretlFileRefused
        exp_alerts:
          - exp_labels: { severity: warning }
            exp_annotations:
              summary: 2 files were refused and have not come in since
              description: cdretl status names them; they lie in failed/ of the spool, each with its reason beside it
      - { eval_time: 35h, alertname: CdretlFileRefused, exp_alerts: [] }
      - { eval_time: 35h, alertname: CdretlMetricsMissing, exp_alerts: [] }
      - eval_time: 27h
        alertname: CdretlRejects
        exp_alerts:
          - exp_labels: { severity: warning }
            exp_annotations:
              summary: "2% of the last load's records were set aside"
              description: cdretl rejects list
  - interval: 1m
    input_series:
      - { series: cdretl_up, values: "1x10 0x60" }
    alert_rule_test:
      - { eval_time: 20m, alertname: CdretlDown, exp_alerts: [] }
      - eval_time: 32m
        alertname: CdretlDown
        exp_alerts:
          - exp_labels: { severity: critical }
            exp_annotations:
              summary: The database of call records does not answer
              description: sudo /usr/lib/cdretl/run doctor says why; nothing else is known until it does
END
  check 'alerts fire when they should, and not before' promtool test rules "$work/test.yml"
fi
finish
