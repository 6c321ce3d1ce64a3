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
exits 'status when all is well' 0 status --metrics "$metrics"
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
        alertname: CdretlRunNeverEnded
        exp_alerts:
          - exp_labels: { severity: warning }
            exp_annotations: { summary: "A run goes on for a day, or was killed" }
      - eval_time: 27h
        alertname: CdretlRejects
        exp_alerts:
          - exp_labels: { severity: warning }
            exp_annotations:
              summary: "2% of the last load's records were set aside"
              description: cdretl rejects list
END
  check 'alerts fire when they should, and not before' promtool test rules "$work/test.yml"
fi
finish
