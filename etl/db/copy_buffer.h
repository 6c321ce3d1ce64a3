/*
 * copy_buffer.h - COPY rows that waited in a buffer, between two other statements.
 */
#ifndef ETL_DB_COPY_BUFFER_H
#define ETL_DB_COPY_BUFFER_H

#include "db/db.h"

/* COPY the encoded ROWS by SQL (... from stdin (format binary)), and empty the buffer. */
bool copy_buffer_send(struct db *db, const char *sql, struct buf *rows,
                      struct err *err) MUST_USE;

#endif
