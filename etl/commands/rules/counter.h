/*
 * counter.h - how often each text came, for the subcommands of `rules`.
 */
#ifndef ETL_COMMANDS_RULES_COUNTER_H
#define ETL_COMMANDS_RULES_COUNTER_H

#include <stddef.h>
#include <stdint.h>

#include "base/table.h"

struct counter_row {
    char *text;    /* owned */
    char *example; /* what was given the first time; owned, NULL */
    uint64_t count;
};

struct counter {
    struct counter_row *row; /* owned */
    size_t count, room;
    struct table table; /* to the place in row */
};

/* Once more TEXT; EXAMPLE (or absent) is kept of the first. */
void counter_add(struct counter *counter, struct slice text, struct slice example);

/* The same TIMES times; of none there is a row too. */
void counter_add_times(struct counter *counter, struct slice text, struct slice example,
                       uint64_t times);

/* Most frequent first, then by text; nothing can be added from here on. */
void counter_sort(struct counter *counter);
void counter_free(struct counter *counter);

#endif
