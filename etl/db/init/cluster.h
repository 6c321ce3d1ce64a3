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

/*
 * On Citus: distribute what is not distributed yet, in one transaction, with its data,
 * and say so in OUT, a line each.  SHARDS: over how many, 0 for four a node; legs that
 * are distributed already keep theirs.  IS_WANTED: the user asked for it; else only a
 * schema that is distributed is looked after, as an upgrade needs.  DRY_RUN prints the
 * statements to OUT instead.  False with ERR: EXIT_DATABASE, EXIT_LOCKED.
 */
bool cluster_distribute(struct db *db, int64_t shards, bool is_wanted, bool dry_run,
                        struct buf *out, struct err *err) MUST_USE;

#endif
