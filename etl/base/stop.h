/*
 * stop.h - SIGINT and SIGTERM as a flag that the flow looks at.
 */
#ifndef ETL_BASE_STOP_H
#define ETL_BASE_STOP_H

#include <stdbool.h>

#include "base/err.h"

/* From here on the two signals only raise the flag. */
void stop_watch(void);

/*
 * The same in a process that was forked: what its parent was told rings no more, but
 * counts.
 */
void stop_watch_anew(void);

/* True with ERR (EXIT_SIGINT or EXIT_SIGTERM) once a signal came. */
bool stop_asked(struct err *err);

/*
 * For callers that wait in poll(): a descriptor that can be read once a signal came, and
 * -1 from the first stop_asked() that was answered so.  Who knows is tidying up, and
 * must not be woken again.  Never read from it.
 */
int stop_fd(void);

/* Sleep until FD can be read.  False with ERR when a signal comes first. */
bool stop_wait(int fd, struct err *err) MUST_USE;

/* A signal came and somebody knows: what is still waited for is the tidying up. */
bool stop_is_known(void);

/* The work is done; a signal that comes now comes too late and changes nothing. */
void stop_is_late(void);

#endif
