/*
 * spool_run.h - a run that empties a spool: file by file, each to where it belongs.
 */
#ifndef ETL_COMMANDS_LOAD_SPOOL_RUN_H
#define ETL_COMMANDS_LOAD_SPOOL_RUN_H

#include "commands/load/loading.h"

struct spool_run {
    const char *dir;
    uint32_t min_age; /* seconds */
    struct spool *spool;
    char **name; /* of the files in incoming/ */
    size_t count;
};

/* Open the spool and list it.  False with ERR; spool_run_close() in any case. */
bool spool_run_open(struct spool_run *run, uint32_t wait, struct err *err) MUST_USE;
void spool_run_close(struct spool_run *run);

/* File I of LOADING is FILE, and has its fate: let it lie where that says. */
void spool_run_settle(const struct spool_run *run, struct loading *loading, size_t i,
                      const struct spooled *file);

/* File I of LOADING cannot be opened, WHY: it is refused as any that cannot be read. */
void spool_run_refuse(struct loading *loading, size_t i, const char *why);

/* Append the path of file I of the spool. */
void spool_run_path(const struct spool_run *run, size_t i, struct buf *path);

/*
 * Load what may be taken.  A file that cannot be moved afterwards is told and counts as
 * EXIT_USAGE, and the run goes on.  False with ERR: the run ends, and the file it was
 * at, with those behind it, stays in incoming/.
 */
bool spool_run_load(struct spool_run *run, struct loading *loading,
                    struct err *err) MUST_USE;

#endif
