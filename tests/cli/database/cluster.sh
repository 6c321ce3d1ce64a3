#!/usr/bin/env bash
# On Citus: what a node has not ended is waited for, and what keeps a cluster from working is
# said.  On plain PostgreSQL: nobody waits for what is not there.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
# shellcheck source=tests/cli/holder.bash
. "$(dirname "$0")/../holder.bash"
export CDRETL_TZ=Europe/Kyiv
demo=tests/samples/demo

fresh_db
exits 'a load' 0 -q load "$demo/history-2026-06-01.csv.gz"

# A commit that a crash left half done on a node holds what await_nodes() took, and nothing else of ours.
hold 'select cdr.await_nodes()'
if [ -z "$citus" ]; then
  exits 'a load waits for no node' 0 load "$demo/history-2026-06-02.csv.gz"
  let_go
  cdretl doctor
  check 'nor is one looked at' test "$(grep -c '^[A-Za-z]* *nodes ' "$work/out")" = 0
else
  for command in "load $demo/history-2026-06-02.csv.gz" "unload $demo/history-2026-06-01.csv.gz" \
    'recompute --month 2026-06' 'recount --month 2026-06 --repair' 'forget 380441112233'; do
    # shellcheck disable=SC2086 # a command and its words
    beside $command
    check "${command%% *} waits for a node" await is_waiting
    let_go
    ends "${command%% *} goes on" 0
    hold 'select cdr.await_nodes()'
  done
  exits 'who only reads does not wait' 0 stats --by day
  let_go

  exits 'every node answers' 1 doctor
  check 'and it is said' grep -qE '^ok +nodes +all [0-9]+ of them answer' "$work/out"
  sql "do \$\$ begin perform citus_add_inactive_node('nowhere.invalid', 1); end \$\$;
    update pg_dist_node set isactive = true where nodename = 'nowhere.invalid'"
  exits 'one does not' 1 doctor
  check 'and is named' grep -qE '^FAIL +nodes +the node nowhere.invalid:1 does not answer' "$work/out"

  empty_db
  PGOPTIONS="$PGOPTIONS -c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0" \
    exits 'statements are noted as they end' 0 init --citus
  empty_db
  PGOPTIONS="$PGOPTIONS -c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on" \
    exits 'statements are measured while they run' 5 init --citus
  says 'what to do is said' "alter database $PGDATABASE set auto_explain.log_analyze = off"
  sql "alter database $PGDATABASE set auto_explain.log_analyze = off"
  PGOPTIONS="$PGOPTIONS -c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0" \
    exits 'and is enough' 0 init --citus
fi
finish
