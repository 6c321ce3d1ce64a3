/*
 * txn.c - begin, lock, commit.
 */
#include "loader/txn.h"

#include "loader/sql.h"

bool txn_begin(struct db *db, struct err *err)
{
    return db_exec(db, sql_text("load/begin"), err);
}

bool txn_commit(struct db *db, struct err *err)
{
    return db_exec(db, "commit", err);
}

void txn_rollback(struct db *db)
{
    struct err unheard = { 0 };

    if (!db_is_lost(db) && !db_exec(db, "rollback", &unheard))
        return;
}

/* Who holds the lock?  He may be gone by the time we ask; init has no runs yet. */
static bool say_holder(struct db *db, struct err *err)
{
    struct err unheard = { 0 };
    struct db_rows *rows = db_query(db, sql_text("load/lock_holder"), NULL, &unheard);

    if (rows == NULL || db_rows_count(rows) == 0)
        err_set(err, EXIT_LOCKED, "another run holds the lock; try again when it ends");
    else
        err_set(err, EXIT_LOCKED,
                "another run holds the lock: %s; try again when it ends",
                db_value(rows, 0, 0).s);
    db_rows_free(rows);
    return false;
}

bool txn_lock(struct db *db, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_text("load/lock"), NULL, err);

    if (rows == NULL)
        return false;

    bool taken = db_bool(rows, 0, 0);

    db_rows_free(rows);
    return taken || say_holder(db, err);
}
