/*
 * txn.c - begin, lock, commit.
 */
#include "db/txn.h"

#include <time.h>

#include "base/stop.h"
#include "db/db_conn.h"
#include "db/sql.h"

enum { PAUSE_NS = 100000000 }; /* between two tries */

/* BEGIN, the session's settings and MORE, sent as one; *YES: what MORE's last statement
 * answers, which may be NULL. */
static bool begin(struct db *db, const char *mode, const char *more, bool *yes,
                  struct err *err)
{
    struct buf text = { 0 };

    buf_addf(&text, "begin isolation level %s; %s; %s", mode, db_settings(db), more);

    bool ok = yes == NULL ? db_exec(db, buf_cstr(&text), err)
                          : db_exec_ask(db, buf_cstr(&text), yes, err);

    buf_free(&text);
    return ok;
}

bool txn_begin(struct db *db, struct err *err)
{
    return begin(db, "read committed read write", sql_load_begin, NULL, err);
}

bool txn_begin_read(struct db *db, struct err *err)
{
    return begin(db, "repeatable read read only", "", NULL, err);
}

bool txn_commit(struct db *db, struct err *err)
{
    return db_exec(db, "commit", err);
}

void txn_rollback(struct db *db)
{
    bool done = false;

    /* What comes first may be the failure of a COPY that nobody has waited for; where no
     * transaction is open the server would warn. */
    for (int tries = 0; tries < 2 && !done && !db_is_lost(db) &&
                        PQtransactionStatus(db->conn) != PQTRANS_IDLE;
         tries++) {
        struct err ignored = { 0 };

        done = db_exec(db, "rollback", &ignored);
    }
}

/* Who holds the lock?  It may be free by the time we ask; init has no cdr.run yet. */
static bool say_holder(struct db *db, struct err *err)
{
    struct err ignored = { 0 };
    struct db_rows *rows = db_query(db, sql_load_lock_holder, NULL, &ignored);

    if (rows == NULL || db_rows_count(rows) == 0)
        err_set(err, EXIT_LOCKED, "another run holds the lock; try again when it ends");
    else
        err_set(err, EXIT_LOCKED,
                "another run holds the lock: %s; try again when it ends",
                db_value(rows, 0, 0).s);
    db_rows_free(rows);
    return false;
}

/* Between two tries no transaction is open: it would hold back vacuum and a pooler. */
static bool try_begin(struct db *db, const char *lock, bool *taken, struct err *err)
{
    struct buf more = { 0 };

    *taken = false;
    buf_addf(&more, "%s %s", sql_load_begin, lock);

    bool ok = begin(db, "read committed read write", buf_cstr(&more), taken, err);

    buf_free(&more);
    if (ok && *taken)
        return true;
    txn_rollback(db);
    return err->code == EXIT_DONE;
}

static bool begin_with(struct db *db, const char *lock, uint32_t wait, struct err *err)
{
    struct timespec pause = { .tv_nsec = PAUSE_NS };
    uint64_t tries = 1 + wait * (UINT64_C(1000000000) / PAUSE_NS);
    bool taken;

    for (;;) {
        if (!try_begin(db, lock, &taken, err))
            return false;
        if (taken)
            return true;
        if (--tries == 0)
            return say_holder(db, err);
        if (stop_asked(err))
            return false;
        nanosleep(&pause, NULL);
    }
}

bool txn_begin_locked(struct db *db, uint32_t wait, struct err *err)
{
    return begin_with(db, sql_load_lock, wait, err);
}

bool txn_begin_legs(struct db *db, uint32_t wait, struct err *err)
{
    if (!txn_begin_locked(db, wait, err))
        return false;
    if (db_exec(db, sql_load_await_nodes, err))
        return true;
    txn_rollback(db);
    return false;
}

bool txn_begin_shared(struct db *db, uint32_t wait, struct err *err)
{
    return begin_with(db, sql_load_lock_shared, wait, err);
}
