/*
 * db_cursor.c - FETCH until there is no more.
 */
#include "db/db_cursor.h"

#include "base/base.h"
#include "base/stop.h"

/* The next rows; *MORE false: there were none. */
static bool fetch(struct db *db, db_batch_fn batch, void *to, bool *more, struct err *err)
{
    struct db_rows *rows = db_query_binary(db, "fetch 1000 from db_cursor", NULL, err);

    if (rows == NULL)
        return false;
    *more = db_rows_count(rows) > 0;

    bool ok = !*more || batch(to, rows, err);

    db_rows_free(rows);
    return ok && !stop_asked(err);
}

bool db_cursor(struct db *db, const char *declare, const struct db_args *args,
               db_batch_fn batch, void *to, struct err *err)
{
    bool more = true, ok = db_run(db, declare, args, NULL, err);

    while (ok && more)
        ok = fetch(db, batch, to, &more, err);
    return ok && db_exec(db, "close db_cursor", err);
}
