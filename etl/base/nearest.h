/*
 * nearest.h - which name was probably meant.
 */
#ifndef ETL_BASE_NEAREST_H
#define ETL_BASE_NEAREST_H

#include <stddef.h>

/* The best so far of the names that were shown to it. */
struct nearest {
    const char *word; /* what somebody wrote; borrowed */
    const char *name; /* NULL: nothing is near enough */
    size_t edits;     /* between the two */
};

/*
 * Is NAME nearer than what came before?  Letters that are missing, too many, wrong, or
 * swapped with the next count one each; near enough is a third of the word's length, two
 * at least, and never all of it.  NAME is borrowed.
 */
void nearest_try(struct nearest *nearest, const char *name);

#endif
