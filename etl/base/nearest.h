/*
 * nearest.h - which name was probably meant.
 */
#ifndef ETL_BASE_NEAREST_H
#define ETL_BASE_NEAREST_H

#include <stddef.h>

#include "base/text.h"

/* The best so far of the names that were shown to it. */
struct nearest {
    const char *word; /* what somebody wrote; borrowed */
    size_t len;       /* of it; 0: to its end */
    const char *name; /* NULL: nothing is near enough */
    size_t edits;     /* between the two */
};

/*
 * Is NAME nearer than what came before?  Case apart, letters that are missing, too many,
 * wrong, or swapped with the next count one each; near enough is a third of the word's
 * length, two at least, and never all of it.  NAME is borrowed.
 */
void nearest_try(struct nearest *nearest, const char *name);

/* To begin with TEXT, which may be absent. */
static inline struct nearest nearest_to(struct slice text)
{
    return (struct nearest){ .word = text.len != 0 ? text.s : "", .len = text.len };
}

/* What stands behind a complaint: `; did you mean "name"?`, or nothing. */
struct nearest_hint {
    char text[160];
};

struct nearest_hint nearest_hint(const struct nearest *nearest);

/* The same of a list that ends in NULL. */
struct nearest_hint nearest_of(const char *word, const char *const *names);

#endif
