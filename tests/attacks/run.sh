#!/usr/bin/env bash
# attacks: what a plain login and a reader of dashboards try, and do not gain.
#
# Every .sql file beside this script is run by attack_stranger, who has a login and what
# everybody has, and by attack_board, who reads dashboards; each file says what it tries.
# None may see a whole number, and none may gain a right: a script says so with a line
# "gained ...".  Before, an administrator who is no superuser makes the database, where
# everybody may write into public, as PostgreSQL 13 and 14 have it.
#
# Against another server: PGHOST=... PGUSER=... tests/attacks/run.sh
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../cli/lib.bash"

superuser=$(sql 'select current_user')
number=380671239876
as() { PGUSER=$1 psql -XAt -v attacker="$1" -v extension="''" -v number="$number" "${@:2}" 2>&1; }

# Of a text, what is left of numbers: separators go.
bare() { tr -d ' ()+./-'; }

for login in attack_stranger attack_board attack_admin attack_loader; do
  sql "do \$\$ begin create role $login login; exception when duplicate_object then null; end \$\$" || exit 2
done
sql 'alter role attack_stranger nosuperuser; alter role attack_admin createrole' || exit 2
empty_db
sql "grant create on database $PGDATABASE to attack_admin" || exit 2
sql 'grant create on schema public to public' || exit 2
is_super() { sql "select rolsuper from pg_roles where rolname = 'attack_stranger'"; }

# --- before there is a schema ---
as attack_stranger -q -f tests/attacks/before_init.sql >"$work/traps"
equal 'the traps are set' '' "$(grep -v '^psql.*NOTICE' "$work/traps")"
sql "grant create on database $PGDATABASE to attack_stranger" || exit 2
# The schema before anybody runs init, with all that init and the other commands read first, as
# views: whoever reads one runs what stands in it.
as attack_stranger -q >"$work/traps" <<'END'
create schema cdr;
grant all on schema cdr to public;
create view cdr.schema_version as select 6 as version, 'baseline'::text as name, now() as applied_at where public.seize();
create view cdr.schema_object as select ''::text as name, ''::text as digest, now() as applied_at where public.seize();
create view cdr.leg as select 1 as leg_key where public.seize();
END
equal 'the schema is taken' '' "$(cat "$work/traps")"
for command in init 'init --dry-run' status 'stats' 'load tests/samples/csv/m6-2026-01.csv'; do
  # shellcheck disable=SC2086 # words
  exits "$command in a schema of somebody else" 5 $command
  says "$command says whose it is" 'belongs to attack_stranger'
done
sql "alter schema cdr owner to $superuser"
exits 'init in one whose owner alone was changed' 5 init
says 'it names what is left of others' 'cdr.leg belongs to attack_stranger'
equal 'nobody became superuser' f "$(is_super)"
sql 'drop schema cdr cascade' || exit 2
sql "revoke create on database $PGDATABASE from attack_stranger" || exit 2
exits 'init by a superuser' 0 init
equal 'nobody became superuser' f "$(is_super)"
PGOPTIONS="$PGOPTIONS -c search_path=public,pg_catalog" exits 'init again, whatever the search path' 0 init
equal 'still nobody' f "$(is_super)"
sql 'grant cdretl_loader to attack_loader; grant cdretl_dashboard to attack_board' || exit 2

# --- numbers, as exports write them ---
cat >"$work/$number.csv" <<END
Call start time;Direction;Caller number;Destination number;Extension;Duration;Bill, sec;Hangup cause;disposition
04.11.2020, 08:34:27;outbound;1001;$number;;60;0;NO_ANSWER;send_cancel
04.11.2020, 08:35:27;inbound;$number#12345;1001;;60;0;NO_ANSWER;send_cancel
04.11.2020, 08:36:27;inbound;$number (моб.);1002;;60;10;NORMAL_CLEARING;recv_bye
04.11.2020, 08:37:27;outbound;1001;+380 (67) 123-98-76;;60;0;NO_ANSWER;send_cancel
04.11.2020, 08:38:27;inbound;моб. 00$number;1002;;60;10;NORMAL_CLEARING;recv_bye
04.11.2020, 08:39:27;inbound;${number}12345;1002;;60;10;NORMAL_CLEARING;recv_bye
04.11.2020, 08:40:27;inbound;٣٨٠٦٧١٢٣٩٨٧٦;1002;;60;10;NORMAL_CLEARING;recv_bye
04.11.2020, 08:41:27;inbound;৩৮০৬৭১২৩৯৮৭৬;1002;;60;10;NORMAL_CLEARING;recv_bye
04.11.2020, 08:42:27;inbound;③⑧⓪⑥⑦①②③⑨⑧⑦⑥;1002;;60;10;NORMAL_CLEARING;recv_bye
99.11.2020, 08:40:27;inbound;$number;1002;;60;10;NORMAL_CLEARING;recv_bye
END
cat >"$work/ids.csv" <<END
id;created_at;direction;user;from;to;destination;duration;bill_sec;talk_sec;cause;gateway
00000000-0000-4000-8000-000000000001;10.06.2026, 10:00:00;outbound;Андрій $number;1001;$number;$number;00:00:10;0;0;USER_BUSY;vega
00000000-0000-4000-8000-000000000002;10.06.2026, 10:01:00;inbound;$number;+$number;380440000202;380440000202;00:00:20;10;10;NORMAL_CLEARING;vega
00000000-0000-4000-8000-000000000003;10.06.2026, 10:02:00;$number;;380440000202;380440000203;380440000203;00:00:20;0;0;$number;vega
END
PGUSER=attack_loader exits 'a loader loads' 1 load --tz Europe/Kyiv "$work/$number.csv" "$work/ids.csv"

printf 'name;067 123 98 76\n+%s;1\n' "$number" >"$work/of +38 067 123 98 76 and 067-123-98-76.csv"
PGUSER=attack_loader exits 'a file that is refused' 3 load --tz Europe/Kyiv "$work/of +38 067 123 98 76 and 067-123-98-76.csv"
# --- who may see what ---
equal 'a loader sees the number' 1 "$(as attack_loader -c "select count(*) from cdr.call where destination = '$number' and call_key::text not like '00000000%'")"
equal 'a board sees it masked' '380671****76' "$(as attack_board -c "select destination from cdr.call where direction = 'outbound' order by started_at limit 1")"
for login in attack_stranger attack_board; do
  for script in shadow leak rights names; do
    as "$login" -f "tests/attacks/$script.sql" >"$work/told"
    cp "$work/told" "$work/$login.$script"
    equal "$login, $script: no number" '' "$(bare <"$work/told" | grep -nE '(38)?067123987|٣٨٠٦٧١٢٣٩٨٧|৩৮০৬৭১২৩৯৮৭|③⑧⓪⑥⑦①②③⑨⑧⑦' | head -n 5)"
    equal "$login, $script: nothing gained" '' "$(grep -n '^gained' "$work/told")"
    equal "$login, $script: ran" 0 "$(grep -c 'connection to server' "$work/told")"
  done
done
# They did look at what there is to see.
for script in shadow leak; do
  check "$script sees calls" grep -q '380671\*\*\*\*76' "$work/attack_board.$script"
done
check 'names has one to try' grep -q '^tried [1-9]' "$work/attack_board.names"
check 'a stranger sees none' grep -q 'permission denied for schema cdr' "$work/attack_stranger.leak"

drop_db "$PGDATABASE"
PGDATABASE=postgres
for login in attack_stranger attack_board attack_admin attack_loader; do sql "drop role $login"; done
equal 'as whom it ran' "$superuser" "$(sql 'select current_user')"
finish
