/*
 * copy_buffer.h - COPY rows that waited, between two other statements.
 *
 * A connection carries one COPY at a time, so rows that come of what streams in wait: in
 * memory, and beyond COPY_SPOOL_MEMORY in an unlinked temporary file.
 */
#ifndef ETL_DB_COPY_BUFFER_H
#define ETL_DB_COPY_BUFFER_H

#include <stdio.h>

#include "db/db.h"

/* COPY the encoded ROWS by SQL (... from stdin (format binary)), and empty the buffer. */
bool copy_buffer_send(struct db *db, const char *sql, struct buf *rows,
                      struct err *err) MUST_USE;

enum { COPY_SPOOL_MEMORY = 1 << 20 }; /* bytes */

/* Rows of any number; begins as { 0 }. */
struct copy_spool {
    struct buf rows; /* encoded: those added last */
    FILE *file;      /* those before them, or NULL */
    uint64_t count;
};

/* A row was appended to SPOOL->rows. */
bool copy_spool_added(struct copy_spool *spool, struct err *err) MUST_USE;

/* COPY all rows by SQL, and empty the spool.  False with ERR: not all WHAT were taken. */
bool copy_spool_send(struct copy_spool *spool, struct db *db, const char *what,
                     const char *sql, struct err *err) MUST_USE;
void copy_spool_free(struct copy_spool *spool); /* and empty */

#endif
