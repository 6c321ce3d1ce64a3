/*
 * db_cursor.h - rows of any number, a thousand at a time, so that memory is bounded.
 */
#ifndef ETL_DB_DB_CURSOR_H
#define ETL_DB_DB_CURSOR_H

#include "db/db.h"

/* Takes some of the rows, one at least, in binary form; between two calls the connection
 * is free for other statements. */
typedef bool (*db_batch_fn)(void *to, const struct db_rows *rows, struct err *err);

/*
 * In the caller's transaction: DECLARE opens the cursor db_cursor with ARGS (may be
 * NULL), BATCH takes all that it holds, and it is closed.  False with ERR, of BATCH or a
 * signal too: the transaction is to be rolled back.
 */
bool db_cursor(struct db *db, const char *declare, const struct db_args *args,
               db_batch_fn batch, void *to, struct err *err) MUST_USE;

#endif
