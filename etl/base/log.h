/*
 * log.h - what the program says beside its results: notes, warnings, events.
 *
 * All of it goes to stderr.  Errors do not pass here: they are values (err.h)
 * and main() says them once, through log_error().  With LOG_JSON every line is one
 * object: time, level, message or event, and the run where there is one.
 */
#ifndef ETL_BASE_LOG_H
#define ETL_BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum log_format { LOG_TEXT, LOG_JSON };

/* VERBOSITY: -1 only errors, 0 warnings, 1 notes too. */
void log_setup(enum log_format format, int verbosity);

void log_note(const char *format, ...) PRINTF_LIKE(1, 2);
void log_warn(const char *format, ...) PRINTF_LIKE(1, 2);
void log_error(const struct err *err);

/* Lines are objects: then nothing else may be written to stderr. */
bool log_is_json(void);

/* From here on lines say which run of the ledger they belong to. */
void log_run(int64_t run_id);

/*
 * A step of a run, for machines: with LOG_JSON a line of EVENT and MEMBERS, which is
 * JSON as between braces, or NULL.  Nothing as text, or when only errors are wanted.
 */
void log_event(const char *event, const char *members);

#endif
