/*
 * db_impl.h - what the files of the door to libpq share.
 *
 * The connection is in libpq's non-blocking mode, whose functions never wait.  All
 * waiting is done in db_wait.c, which listens for signals too.
 */
#ifndef ETL_DB_DB_IMPL_H
#define ETL_DB_DB_IMPL_H

#include <libpq-fe.h>

#include "db/db.h"

struct db {
    PGconn *conn;
    bool copying;
    bool spoke; /* the server said something while rows were sent */
};

/* Fill ERR from a failed RES, or from the connection when RES says nothing. */
bool db_failed(const struct db *db, const PGresult *res, struct err *err);

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

/* Send SQL, which has no parameters, and wait for its answer. */
PGresult *db_send(struct db *db, const char *sql, struct err *err) MUST_USE;

#endif
