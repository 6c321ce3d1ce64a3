/*
 * copy_buffer.c - COPY rows that waited in a buffer.
 */
#include "db/copy_buffer.h"

#include "db/db_copy.h"
#include "db/row/row_copy.h"

bool copy_buffer_send(struct db *db, const char *sql, struct buf *rows, struct err *err)
{
    struct buf edge = { 0 };
    uint64_t count;

    if (rows->len == 0)
        return true;
    if (!db_copy_begin(db, sql, err))
        return false;
    row_copy_head(&edge);

    bool ok = db_copy_put(db, edge.s, edge.len, err) &&
              db_copy_put(db, rows->s, rows->len, err);

    buf_reset(&edge);
    row_copy_tail(&edge);
    ok = ok && db_copy_put(db, edge.s, edge.len, err);
    buf_free(&edge);
    buf_reset(rows);
    return db_copy_end(db, ok ? NULL : "not all came", &count, err) && ok;
}
