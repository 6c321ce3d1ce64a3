/*
 * db_copy.h - COPY ... FROM STDIN.
 *
 * A connection has at most one open COPY; a statement sent meanwhile gives it up.  The
 * rule to remember: only db_copy_end() says whether the rows are good.
 */
#ifndef ETL_DB_DB_COPY_H
#define ETL_DB_DB_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db; /* a connection, see db.h */

/* Begin SQL, a COPY ... FROM STDIN. */
bool db_copy_begin(struct db *db, const char *sql, struct err *err) MUST_USE;

/* Send LEN bytes of rows; waits while the server is slow. */
bool db_copy_put(struct db *db, const void *bytes, size_t len, struct err *err) MUST_USE;

/* The server answered before the end: mostly the COPY failed; db_copy_end() says why. */
bool db_copy_answered(const struct db *db);

/*
 * End the COPY: whole when REASON is NULL, or given up for REASON, which the server's
 * log then shows.  *ROWS are those that the server took.  False when it took none:
 * with ERR, or without when a REASON asked for that.
 */
bool db_copy_end(struct db *db, const char *reason, uint64_t *rows,
                 struct err *err) MUST_USE;

/*
 * End the COPY whole, of which the server must have taken ROWS, and go on while it does:
 * whatever is sent next waits for its answer, and fails with what that says.
 */
bool db_copy_end_later(struct db *db, uint64_t rows, struct err *err) MUST_USE;

/* Wait for that answer, if one is to come.  False with ERR: not all were taken. */
bool db_copy_settle(struct db *db, struct err *err) MUST_USE;

#endif
