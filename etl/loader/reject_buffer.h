/*
 * reject_buffer.h - rejects as COPY takes them; they wait while that of the legs is open.
 */
#ifndef ETL_LOADER_REJECT_BUFFER_H
#define ETL_LOADER_REJECT_BUFFER_H

#include "db/copy_buffer.h"
#include "record/reject.h"

enum { REJECT_TEXT_MAX = 16 << 10 }; /* bytes of a reject's text that are kept */

/* False with ERR (EXIT_USAGE) when the temporary file cannot be written. */
bool reject_buffer_add(struct copy_spool *rejects, int32_t file_id,
                       const struct reject *reject, struct err *err) MUST_USE;

/* COPY what waits into cdr.reject. */
bool reject_buffer_send(struct copy_spool *rejects, struct db *db,
                        struct err *err) MUST_USE;

#endif
