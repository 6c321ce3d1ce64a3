/*
 * spool.h - a folder that a nightly job empties: incoming, processed, failed.
 */
#ifndef ETL_COMMANDS_SPOOL_H
#define ETL_COMMANDS_SPOOL_H

#include "base/err.h"

/* Make the three folders that are not there; *INCOMING is the path, free() it. */
bool spool_prepare(const char *dir, char **incoming, struct err *err) MUST_USE;

bool spool_is_empty(const char *incoming);

/* Move FILE out of DIR/incoming; what is there under that name is never replaced. */
bool spool_away(const char *dir, const char *file, bool processed,
                struct err *err) MUST_USE;

#endif
