/*
 * schema.h - the database's schema: made, upgraded, checked.
 */
#ifndef ETL_DB_INIT_SCHEMA_H
#define ETL_DB_INIT_SCHEMA_H

#include "base/buf.h"
#include "db/db.h"
#include "db/init/cluster.h"

/*
 * Apply the migrations that the database lacks, one transaction each, then replace the
 * functions and views whose text is another in one more, distributing tables on the way
 * as is wished, and say so in OUT; DRY_RUN prints the statements to OUT instead.  False
 * with ERR: EXIT_DATABASE (also when the database is newer than the program),
 * EXIT_LOCKED.
 */
bool schema_upgrade(struct db *db, const struct cluster_wish *wish, bool dry_run,
                    struct buf *out, struct err *err) MUST_USE;

/*
 * False with ERR (EXIT_DATABASE) unless the schema is exactly this program's and the user
 * may read it; to write, unless he may store legs too.  ERR says what to grant to whom.
 */
bool schema_check(struct db *db, struct err *err) MUST_USE;
bool schema_check_writer(struct db *db, struct err *err) MUST_USE;

#endif
