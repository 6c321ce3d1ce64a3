/*
 * copy_buffer.c - COPY rows that waited.
 */
#include "db/copy_buffer.h"

#include <inttypes.h>

#include "base/temp.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"

enum { CHUNK = 64 << 10 };

/* The rows in FILE, as they stand. */
static bool put_file(FILE *file, struct db *db, struct err *err)
{
    static char chunk[CHUNK];
    size_t got;

    rewind(file);
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        if (!db_copy_put(db, chunk, got, err))
            return false;
    return ferror(file) == 0 ||
           err_set(err, EXIT_USAGE, "a temporary file cannot be read");
}

/* FILE may be NULL; *COUNT rows were taken. */
static bool send_rows(struct db *db, const char *sql, FILE *file, struct buf *rows,
                      uint64_t *count, struct err *err)
{
    struct buf edge = { 0 };

    if (!db_copy_begin(db, sql, err))
        return false;
    row_copy_head(&edge);

    bool ok = db_copy_put(db, edge.s, edge.len, err) &&
              (file == NULL || put_file(file, db, err)) &&
              db_copy_put(db, rows->s, rows->len, err);

    buf_reset(&edge);
    row_copy_tail(&edge);
    ok = ok && db_copy_put(db, edge.s, edge.len, err);
    buf_free(&edge);
    buf_reset(rows);
    return db_copy_end(db, ok ? NULL : "not all came", count, err) && ok;
}

bool copy_buffer_send(struct db *db, const char *sql, struct buf *rows, struct err *err)
{
    uint64_t count;

    return rows->len == 0 || send_rows(db, sql, NULL, rows, &count, err);
}

bool copy_spool_added(struct copy_spool *spool, struct err *err)
{
    struct buf *rows = &spool->rows;

    spool->count++;
    if (rows->len < COPY_SPOOL_MEMORY)
        return true;
    if (spool->file == NULL && (spool->file = temp_open(err)) == NULL)
        return false;
    if (fwrite(rows->s, 1, rows->len, spool->file) != rows->len)
        return temp_failed(err);
    buf_reset(rows);
    return true;
}

bool copy_spool_send(struct copy_spool *spool, struct db *db, const char *what,
                     const char *sql, struct err *err)
{
    uint64_t taken = 0, count = spool->count;
    bool ok = count == 0 || send_rows(db, sql, spool->file, &spool->rows, &taken, err);

    copy_spool_free(spool);
    return ok &&
           (taken == count || err_set(err, EXIT_INTERNAL,
                                      "%" PRIu64 " %s were sent and %" PRIu64 " arrived",
                                      count, what, taken));
}

void copy_spool_free(struct copy_spool *spool)
{
    if (spool->file != NULL)
        fclose(spool->file);
    buf_free(&spool->rows);
    *spool = (struct copy_spool){ 0 };
}
