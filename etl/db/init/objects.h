/*
 * objects.h - the functions, views and definitions of the schema, as the program has
 * them.
 */
#ifndef ETL_DB_INIT_OBJECTS_H
#define ETL_DB_INIT_OBJECTS_H

#include "base/buf.h"
#include "db/db.h"
#include "db/init/cluster.h"
#include "db/session.h"

/* For who runs what --dry-run prints: the program's own session has it anyway. */
#define SET_PATH "set local search_path = " SEARCH_PATH ";\n"

/*
 * Replace those whose text is another, in one transaction, and distribute in it the
 * tables that are due by CLUSTER, while no view is there; OUT says so.  False with ERR:
 * EXIT_DATABASE, EXIT_LOCKED.
 */
bool objects_replace(struct db *db, const struct cluster *cluster, struct buf *out,
                     struct err *err) MUST_USE;

/* Print to OUT what objects_replace() would send in a database of VERSION, 0: an empty
 * one. */
bool objects_print(struct db *db, int version, const struct cluster *cluster,
                   struct buf *out, struct err *err) MUST_USE;

/* False with ERR (EXIT_DATABASE) unless all are those of the program: under a version
 * that is ours, they may still be of another. */
bool objects_check(struct db *db, struct err *err) MUST_USE;

#endif
