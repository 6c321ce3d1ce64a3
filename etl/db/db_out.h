/*
 * db_out.h - COPY ... TO STDOUT, row by row.
 *
 * Nothing else can be asked of the connection until db_out_end().
 */
#ifndef ETL_DB_DB_OUT_H
#define ETL_DB_DB_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "db/db.h"

struct db_out; /* a COPY that gives rows */

/*
 * Begin SQL, a COPY ... TO STDOUT (FORMAT binary).  COPY takes no parameters: for $1 or
 * $2 a literal with the text of ARGS is put, which is ours (an instant) and has no quote.
 * That bounds stand in the text keeps the planner from looking at every month there is,
 * too.  NULL with ERR.
 */
struct db_out *db_out_begin(struct db *db, const char *sql, const struct db_args *args,
                            struct err *err) MUST_USE;

/*
 * The next row, as binary COPY writes it (number of values, length and bytes of each),
 * borrowed until the next call; absent at the end.  False with ERR.
 */
bool db_out_next(struct db_out *out, struct slice *row, struct err *err) MUST_USE;

/* Free OUT, NULL too; the server is asked to cancel rows that were not fetched. */
void db_out_end(struct db_out *out);

#endif
