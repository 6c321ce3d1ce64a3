/*
 * db_conn.h - the connection itself, for the files of the door to libpq only.
 *
 * It is in libpq's non-blocking mode, whose functions never wait.  All waiting is done
 * in db_wait.c, which listens for signals too.
 */
#ifndef ETL_DB_DB_CONN_H
#define ETL_DB_DB_CONN_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* What db_keep_plans() was told, and what became of each of the statements: a bit each.
 */
struct db_plans {
    const char *const *sql;
    size_t count;
    uint64_t was_asked, is_made;
    bool is_own; /* the server's session is ours alone */
};

struct db {
    PGconn *conn;
    struct buf settings;     /* the statement of session_for_transaction() */
    bool copying;            /* a COPY ... FROM STDIN is open */
    bool is_ending;          /* db_copy_end_later(): its answer is to come, of so many */
    uint64_t ending_rows;    /* rows */
    bool answered;           /* the server sent something while rows were sent */
    void (*waits)(void *to); /* of db_on_wait(); NULL: nobody */
    void *waits_to;
    struct db_plans plans;
};

bool db_conn_is_lost(const struct db *db);

/*
 * Fill ERR with one line from a failed RES, or from the connection when RES (NULL is
 * allowed) says nothing.  Always false.
 */
bool db_conn_failed(const struct db *db, const PGresult *res, struct err *err);

/* Append TEXT (NULL is allowed), line breaks and runs of blanks made one blank. */
void db_conn_add_line(struct buf *out, const char *text);

/*
 * May CONNINFO (NULL: there is none) stand on a command line?  False with ERR
 * (EXIT_USAGE) when it holds a password, which all who list processes could read, or is
 * none that libpq understands.  It is never repeated: what is no option may be a part
 * of a password.
 */
bool db_conninfo_check(const char *conninfo, struct err *err) MUST_USE;

/*
 * Statements that are asked over and over, planned once a session (db_plans.c).
 *
 * Planning a statement of the ledger costs the server several times what carrying it out
 * does.  A plan that is kept belongs to the server's session, so behind a pooler, which
 * may hand us another one, nothing is kept: the pid that the server has tells.
 */
enum { PLAN_NAME = 24 };

/*
 * NAME gets the name under which the plan of SQL is kept; empty where it is not.  False
 * with ERR: the server refused to plan it, or a signal came.
 */
bool db_plans_name(struct db *db, const char *sql, char name[static PLAN_NAME],
                   struct err *err) MUST_USE;

#endif
