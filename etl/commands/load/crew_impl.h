/*
 * crew_impl.h - what the files of a crew share.
 */
#ifndef ETL_COMMANDS_LOAD_CREW_IMPL_H
#define ETL_COMMANDS_LOAD_CREW_IMPL_H

#include <sys/types.h>

#include "commands/load/crew.h"
#include "commands/shared/progress.h"

enum worker_state {
    WORKER_GONE,
    WORKER_JOINS, /* connects */
    WORKER_FREE,
    WORKER_LOADS,
    WORKER_ASKS,  /* to be alone; it is in no transaction */
    WORKER_ALONE, /* nobody else loads */
    WORKER_RESTS, /* was alone, and waits until all are who ask */
};

struct worker {
    pid_t pid;
    int fd; /* the leader's end; -1 */
    enum worker_state state;
    size_t file; /* that it loads */
};

struct crew_file {
    bool is_given, has_fate;
    char *left;           /* why it stays in its spool; owned, NULL */
    struct spooled taken; /* where it comes from one; closed when it has its fate */
};

struct crew {
    struct crew_task task;
    struct worker *worker;
    size_t nworkers;
    struct crew_file *file; /* as many as the input has */
    size_t first;           /* file that may not be given out yet */
    size_t ndone;
    bool is_stopping;  /* a signal came */
    struct err failed; /* why the run ends */
    size_t failed_at;  /* the file that it failed with */
    struct progress progress;
};

/* The worker's part, at its end FD; does not return. */
_Noreturn void crew_work(const struct crew_task *task, int fd);

/* Take file I out of its spool.  False: it has its fate already. */
bool crew_take(struct crew *crew, size_t i) MUST_USE;

/* File I has its fate: let it lie where that says. */
void crew_settle(struct crew *crew, size_t i);

#endif
