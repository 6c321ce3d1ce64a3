/*
 * progress.h - one line on stderr, written over itself: how much, how fast, how long yet.
 */
#ifndef ETL_COMMANDS_SHARED_PROGRESS_H
#define ETL_COMMANDS_SHARED_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* All zero is one that has not begun. */
struct progress {
    double began, shown; /* seconds_now() */
};

/* From here on the time counts. */
void progress_begin(struct progress *progress);

/* True a few times a second: the line would be news to the eye.  Begins when nobody has.
 */
bool progress_is_due(struct progress *progress);

/* WHAT is at COUNT of its UNITs; DONE of TODO, which is 0 where nobody knows, are behind
 * us. */
void progress_show(const struct progress *progress, const char *what, uint64_t count,
                   const char *unit, uint64_t done, uint64_t todo);

/* Nothing of the line is left on the terminal. */
void progress_wipe(void);

#endif
