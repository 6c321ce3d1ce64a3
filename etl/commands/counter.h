/*
 * counter.h - how often each text came, for `rules diff` and `rules suggest`.
 */
#ifndef ETL_COMMANDS_COUNTER_H
#define ETL_COMMANDS_COUNTER_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct tally_row {
    char *text;    /* owned */
    char *example; /* what was given the first time; owned, NULL */
    uint64_t count;
};

struct tally {
    struct tally_row *row; /* owned */
    size_t count;
    size_t *seat; /* open addressing, one more than the row; 0: free */
    size_t mask;
};

/* Once more TEXT; EXAMPLE (or absent) is kept of the first. */
void tally_add(struct tally *tally, struct slice text, struct slice example);

/* Most frequent first, then by text; nothing can be added from here on. */
void tally_sort(struct tally *tally);
void tally_free(struct tally *tally);

#endif
