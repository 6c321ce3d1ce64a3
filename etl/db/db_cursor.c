/*
 * db_cursor.c - FETCH until there is no more.
 */
#include "db/db_cursor.h"

#include <stdio.h>

#include "base/base.h"
#include "base/stop.h"

/* The next rows; *MORE false: there were none. */
static bool fetch(struct db *db, const char *sql, db_batch_fn batch, void *to, bool *more,
                  struct err *err)
{
    struct db_rows *rows = db_query_binary(db, sql, NULL, err);

    if (rows == NULL)
        return false;
    *more = db_rows_count(rows) > 0;

    bool ok = !*more || batch(to, rows, err);

    db_rows_free(rows);
    return ok && !stop_asked(err);
}

bool db_cursor(struct db *db, const char *name, const char *declare,
               const struct db_args *args, db_batch_fn batch, void *to, struct err *err)
{
    char next[64], close[64];
    bool more = true;

    snprintf(next, sizeof next, "fetch 1000 from %s", name);
    snprintf(close, sizeof close, "close %s", name);

    bool ok = db_run(db, declare, args, NULL, err);

    while (ok && more)
        ok = fetch(db, next, batch, to, &more, err);
    return ok && db_exec(db, close, err);
}
