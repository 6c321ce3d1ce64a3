/*
 * reject_buffer.h - rejects on their way, beside the COPY that is open.
 *
 * A connection carries one COPY at a time, so rejects wait: a little in memory,
 * then in an unlinked temporary file, already in the form in which they go.
 */
#ifndef ETL_LOADER_REJECT_BUFFER_H
#define ETL_LOADER_REJECT_BUFFER_H

#include "db/db.h"
#include "record/reject.h"

enum { SPOOL_RAW_MAX = 16 << 10 }; /* of a reject's text, that much is kept */

struct spool;

struct spool *spool_new(void);
void spool_free(struct spool *spool); /* NULL is allowed */
void spool_clear(struct spool *spool);

/* False with ERR (EXIT_INTERNAL) when the temporary file cannot be written. */
bool spool_add(struct spool *spool, int32_t file_id, const struct reject *reject,
               struct err *err) MUST_USE;

/* COPY what waits into cdr.reject. */
bool spool_send(struct spool *spool, struct db *db, struct err *err) MUST_USE;

#endif
