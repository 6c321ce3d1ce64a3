/*
 * crew.h - `load --jobs N`: files over N connections, each file a transaction of its own.
 *
 * The leader forks its workers before anybody has a connection, and each opens its own.
 * The leader hands out one file after the other to whoever is free, keeps the run's row,
 * and tells at the end, in the order of the arguments, what a run with one connection
 * would have told.  What keeps the workers apart in the database stands in
 * loader/beside/day_locks.h, and when one of them must be alone in loader/beside/turns.h.
 *
 * A worker that dies takes its file with it, of which nothing is kept, and the others go
 * on.  A worker whose leader dies gives its file up.
 */
#ifndef ETL_COMMANDS_LOAD_CREW_H
#define ETL_COMMANDS_LOAD_CREW_H

#include "commands/load/loading.h"
#include "commands/load/spool_run.h"

enum { CREW_JOBS_MAX = 256 };

struct crew;

/* What a crew is for; all borrowed. */
struct crew_task {
    struct loading *loading;
    const struct context *context;
    const struct run_settings *settings;
    const struct spool_run *spool; /* whose files they are; NULL: files by their names */
};

/*
 * Fork JOBS workers; nobody has connected yet.  NULL with ERR (EXIT_INTERNAL); crew_end()
 * in any case.
 */
struct crew *crew_start(const struct crew_task *task, size_t jobs,
                        struct err *err) MUST_USE;

/*
 * Load all files of the input, or of the spool; the leader's run has begun.  False with
 * ERR: the run ends.
 */
bool crew_load(struct crew *crew, struct err *err) MUST_USE;

/* Wait for the workers to go home; NULL is allowed. */
void crew_end(struct crew *crew);

#endif
