/*
 * session.h - what a session of ours takes for granted: nothing.
 *
 * A role, a database or a configuration may have set anything that changes what our
 * statements mean or come to.  Whatever we rely on is set when the connection opens, and
 * again in every transaction, because a pooler may hand us another session each time.
 */
#ifndef ETL_DB_SESSION_H
#define ETL_DB_SESSION_H

#include "db/db_conn.h"

/* Nothing of anybody else is found by a bare name; temporary tables come last. */
#define SEARCH_PATH "pg_catalog, pg_temp"

/* A statement that sets what we rely on, for the session or for the open transaction. */
void session_for_all(const struct db *db, struct buf *out);
void session_for_transaction(const struct db *db, struct buf *out);

#endif
