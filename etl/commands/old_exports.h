/*
 * old_exports.h - exports that a spool has kept long enough.
 */
#ifndef ETL_COMMANDS_OLD_EXPORTS_H
#define ETL_COMMANDS_OLD_EXPORTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct old_exports {
    uint64_t files, bytes;
};

/*
 * Remove the files of SPOOL/processed and SPOOL/failed that were last written more than
 * DAYS days ago, or with DRY_RUN count them.  Links are not followed, folders stay.
 * False with ERR (EXIT_USAGE): a folder or file is not ours to change; FOUND counts what
 * went all the same.
 */
bool old_exports_remove(const char *spool, int64_t days, bool dry_run,
                        struct old_exports *found, struct err *err) MUST_USE;

#endif
