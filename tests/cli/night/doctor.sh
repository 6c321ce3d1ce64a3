#!/usr/bin/env bash
# doctor on broken installations: each fault is named with what mends it, and it does.
# shellcheck disable=SC2317 # called by name
# shellcheck disable=SC2016 # for awk and SQL to expand
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
export CDRETL_TZ=Europe/Kyiv
spool=$work/spool
mkdir -p "$spool"/{incoming,processed,failed}

# ill NAME CHECK FINDING REMEDY OPTION...: exit 1, and a FAIL of CHECK with both texts.
ill() {
  local name=$1 check=$2 finding=$3 remedy=$4
  shift 4
  exits "$name" 1 "$@" doctor --spool "$spool"
  check "$name: $check says so" awk -v check="$check" -v finding="$finding" -v remedy="$remedy" '
    $1 == "FAIL" { on = $2 == check && $0 ~ finding; next }
    on && $1 == "->" && $0 ~ remedy { found = 1 }
    { on = 0 }
    END { exit !found }' "$work/out"
}

# well NAME: nothing is ill.
well() { exits "$1" 0 doctor --spool "$spool"; }

# mend TEXT: do what the line with TEXT says.
mend() {
  local line
  line=$(grep -F -- "$1" "$work/out" | grep -o 'psql .*' | head -n 1)
  check "the remedy works: $line" bash -c "$line"
}

empty_db
ill 'no schema' schema 'no schema' 'cdretl .* init'
fresh_db
ill 'nothing loaded yet' age 'no run' 'incoming'
sed "s/[0-3][0-9]\.01\.2026/$(TZ=Europe/Kyiv date -d yesterday +%d.%m.%Y)/g" tests/samples/csv/m6-2026-01.csv >"$work/yesterday.csv"
cdretl load "$work/yesterday.csv"
well 'a good one'
check 'every check is told' test "$(awk '{ print $2 }' "$work/out" | sort -u | grep -cxE \
  'database|schema|roles|grants|zone|partitions|statistics|days|basis|age|clock|rules|spool|disk')" = 14

ill 'no server' database 'cannot connect' 'is the server up' --db 'host=/nowhere'
ill 'no database' database 'does not exist' 'createdb' --db 'dbname=nowhere'
ill 'no login' database 'does not exist' 'createuser' --db 'user=nobody_here'
ill 'no service' database 'service' 'PGSERVICEFILE' --db 'service=nowhere'

sql 'insert into cdr.schema_version (version, name) values (900, $$later$$)'
ill 'a newer schema' schema 'newer' 'install the cdretl'
sql 'delete from cdr.schema_version where version = 900'

# A login like the nightly job's.
sql "do \$\$ begin create role cli_doctor login; exception when duplicate_object then null; end \$\$;
  revoke cdretl_loader from cli_doctor"
ill 'not a loader' roles 'is not a member' 'grant cdretl_loader' --db 'user=cli_doctor'
mend 'grant cdretl_loader'
exits 'a loader' 0 --db 'user=cli_doctor' doctor --spool "$spool"
sql 'revoke insert on cdr.stat_hour from cdretl_loader'
ill 'a grant is missing' grants 'insert cdr.stat_hour' 'grant insert' --db 'user=cli_doctor'
mend 'grant insert'
sql 'revoke execute on function cdr.add_month(date) from cdretl_loader'
ill 'months cannot be made' partitions 'cannot be made' 'add_month' --db 'user=cli_doctor'
mend 'grant execute'
sql 'alter table cdr.run owner to cli_doctor'
ill 'a wrong owner' grants 'belongs to cli_doctor' 'owner to cdretl_owner'
mend 'owner to cdretl_owner'
sql 'grant select on cdr.leg to cdretl_dashboard'
ill 'dashboards see numbers' grants 'numbers of people' 'revoke'
mend 'revoke all'
well 'all mended'

ill 'another zone' zone 'exports are read in Europe/Warsaw' 'say --tz' --tz Europe/Warsaw
ill 'a zone nobody knows' zone 'Europe/Kiew' 'zoneinfo' --tz Europe/Kiew
sql "update cdr.setting set value = 'Nowhere/Land' where setting = 'zone'"
ill 'a zone the server does not know' zone 'does not know' 'update cdr.setting'
mend 'update cdr.setting'

# Of yesterday loads may still bring calls: it need not be.
sql 'delete from cdr.rolled_day; delete from cdr.stat_day'
well 'yesterday is not added up'
cdretl load tests/samples/csv/overlap-morning.csv
sql 'delete from cdr.rolled_day; delete from cdr.stat_day'
ill 'a day that is not added up' days '1 days are read by the hour' 'cdretl init'
exits 'it is added up' 0 init
well 'and then it is'
sql 'update cdr.stat_hour set n = n + 1'
ill 'statistics that are not those of the legs' statistics 'are not what its legs' 'recount'
sql 'update cdr.stat_hour set n = n - 1'
sql "update cdr.setting set value = '7' where setting = 'soon_seconds'"
ill 'statistics of another setting' basis 'hours were counted by other settings' 'recount --from'
mapfile -t remedy < <(grep -oE 'recount --from [0-9-]+ --to [0-9-]+ --repair' "$work/out" | tail -n 1 | tr ' ' '\n')
exits 'counted anew as it says' 0 "${remedy[@]}"
well 'by the setting of today'
partition=leg_$(sql "select to_char(max(started_at) at time zone 'UTC', 'YYYYMM') from cdr.leg")
sql "alter table cdr.leg detach partition cdr.$partition"
ill 'a partition is gone' partitions 'no partition' 'attach'
from=$(date -d "${partition#leg_}01" +%F)
sql "alter table cdr.leg attach partition cdr.$partition
  for values from ('$from 00:00+00') to ('$(date -d "$from + 1 month" +%F) 00:00+00')"
sql "update cdr.run set finished_at = now() - interval '3 days'"
ill 'an old load' age 'the last good run' 'journalctl'
sql 'update cdr.run set finished_at = now()'
printf 'name;price\nbread;20\n' >"$work/shop.csv"
cdretl load "$work/shop.csv"
ill 'a refused file' age 'exit code 3' 'failed/'
sql 'delete from cdr.file where verdict <> $$loaded$$; delete from cdr.run where exit_code = 3'

broken=55-broken.json
cp -r mappings "$work/mappings"
echo '{' >"$work/mappings/rules/$broken"
ill 'a broken rule file' rules '55-broken' 'rules lint' --mappings "$work/mappings"

rmdir "$spool/failed"
ill 'a spool without its folders' spool 'failed: No such file' 'install -d'
mkdir "$spool/failed"
ln -s /dev/shm "$work/elsewhere"
rmdir "$spool/processed" && ln -s /dev/shm "$spool/processed"
ill 'a spool over two filesystems' spool 'another filesystem' 'one filesystem'
rm "$spool/processed" && mkdir "$spool/processed"
touch -d '3 days ago' "$spool/incoming/old.csv"
if [ "$(id -u)" != 0 ]; then
  chmod 500 "$spool/incoming"
  ill 'a spool that is not writable' spool 'cannot be written' 'chown'
  chmod 700 "$spool/incoming"
fi
rm "$spool/incoming/old.csv"
well 'a good one again'
exits 'as a document' 0 --json doctor --spool "$spool"
equal 'with every finding' 'true null' "$(jq -r '"\(all(.findings[]; .well)) \(.findings[0].remedy)"' "$work/out")"
finish
