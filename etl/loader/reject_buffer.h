/*
 * reject_buffer.h - rejects that wait while the COPY of the legs is open.
 *
 * A connection carries one COPY at a time, so rejects wait: a little in memory,
 * then in an unlinked temporary file, already in the form in which they go.
 */
#ifndef ETL_LOADER_REJECT_BUFFER_H
#define ETL_LOADER_REJECT_BUFFER_H

#include "db/db.h"
#include "record/reject.h"

enum { REJECT_TEXT_MAX = 16 << 10 }; /* bytes of a reject's text that are kept */

struct reject_buffer;

struct reject_buffer *reject_buffer_new(void);
void reject_buffer_free(struct reject_buffer *buffer); /* NULL is allowed */
void reject_buffer_clear(struct reject_buffer *buffer);

/* False with ERR (EXIT_USAGE) when the temporary file cannot be written. */
bool reject_buffer_add(struct reject_buffer *buffer, int32_t file_id,
                       const struct reject *reject, struct err *err) MUST_USE;

/* COPY what waits into cdr.reject. */
bool reject_buffer_send(struct reject_buffer *buffer, struct db *db,
                        struct err *err) MUST_USE;

#endif
