/*
 * cluster.h - the schema over the nodes of a Citus cluster.
 *
 * Everything goes through the coordinator, where the schema was made.  Legs and their
 * versions are spread over shards; what they are read together with is copied to every
 * node; the rest stays (the statement citus/plan).  Elsewhere than on Citus there is
 * nothing to do.
 */
#ifndef ETL_DB_INIT_CLUSTER_H
#define ETL_DB_INIT_CLUSTER_H

#include "base/buf.h"
#include "db/db.h"

/* *IS_THERE: Citus is in this database. */
bool cluster_is_there(struct db *db, bool *is_there, struct err *err) MUST_USE;

/* What init is asked: to distribute, else only a schema that is distributed is looked
 * after; over how many SHARDS, 0 for four a node.  Legs that are distributed keep theirs.
 */
struct cluster_wish {
    bool is_wanted;
    int64_t shards;
};

struct cluster {
    bool is_there; /* Citus, and there is something to look after */
    bool is_due;   /* some table is still to be distributed */
    int64_t shards;
};

/*
 * Before the functions and views are replaced, outside of a transaction: what is to be
 * done goes to CLUSTER; unless DRY_RUN, the roles are made on all nodes.  What was wished
 * in vain is said in OUT.  False with ERR: EXIT_DATABASE.
 */
bool cluster_begin(struct db *db, const struct cluster_wish *wish, bool dry_run,
                   struct cluster *cluster, struct buf *out, struct err *err) MUST_USE;

/*
 * In the transaction that replaces them, between dropping and creating: distribute the
 * tables that are due with their data, a line each in OUT, or with DRY_RUN print the
 * statements.  For each column that a view reads of another view Citus walks through all
 * that the view hangs on: with our views there, a table takes half a minute.
 */
bool cluster_tables(struct db *db, const struct cluster *cluster, bool dry_run,
                    struct buf *out, struct err *err) MUST_USE;

/* After it: functions that nodes do not know yet; the shards, when WISH is to distribute.
 */
bool cluster_finish(struct db *db, const struct cluster *cluster,
                    const struct cluster_wish *wish, struct buf *out,
                    struct err *err) MUST_USE;

#endif
