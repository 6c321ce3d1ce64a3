/*
 * db_wait.h - waiting for the server and for signals at once.
 */
#ifndef ETL_DB_DB_WAIT_H
#define ETL_DB_DB_WAIT_H

#include "db/db_conn.h"

/* Ask the server to drop what it does. */
void db_cancel(struct db *db);

/*
 * Wait until all is sent.  False when a signal came first (ERR, and the server has
 * been asked to drop what it does) or the connection broke (ERR untouched).
 */
bool db_flush(struct db *db, struct err *err) MUST_USE;

/*
 * Wait for the next result; NULL when there is none left.  *STOPPED, which begins as
 * false, becomes true when a signal comes: the server is asked to drop what
 * it does, and the result is mostly an error.  PQclear() it.
 */
PGresult *db_next(struct db *db, bool *stopped) MUST_USE;

/*
 * Wait for all results and give the last, or the one that opens a COPY; PQclear() it.
 * A signal sets ERR, and the result is a failed one (or NULL, which libpq takes for
 * one), unless the statement went through and ended its transaction.
 */
PGresult *db_answer(struct db *db, struct err *err) MUST_USE;

/*
 * Read all results, keeping the first failure; *ROWS grows by those that were taken.
 */
bool db_drain(struct db *db, uint64_t *rows, struct err *err) MUST_USE;

/* Send SQL, which has no parameters, behind db_copy_settle(), and wait for its answer. */
PGresult *db_send(struct db *db, const char *sql, struct err *err) MUST_USE;

#endif
