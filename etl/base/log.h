/*
 * log.h - what the program says beside its results: notes, warnings, progress.
 *
 * All of it goes to stderr.  Errors do not pass here: they are values (err.h)
 * and main() says them once, through log_error().
 */
#ifndef ETL_BASE_LOG_H
#define ETL_BASE_LOG_H

#include <stdbool.h>

#include "base/err.h"

enum log_format { LOG_TEXT, LOG_JSON };

/* VERBOSITY: -1 only errors, 0 warnings, 1 notes too. */
void log_setup(enum log_format format, int verbosity);

void log_note(const char *format, ...) PRINTF_LIKE(1, 2);
void log_warn(const char *format, ...) PRINTF_LIKE(1, 2);
void log_error(const struct err *err);

#endif
