/*
 * duplicate_ordinal.h - how many equals of a nameless leg came before it.
 *
 * Legs without an id are named by what they say; two that say the same are two
 * legs all the same (a grid shows whole seconds), and their ordinal tells them
 * apart.  Exports are sorted by time, so equals stand near each other: what was
 * seen ORDINAL_WINDOW nameless legs ago may be forgotten, and memory stays
 * bounded.  Equals farther apart get one name, and count as duplicates.
 */
#ifndef ETL_LEG_DUPLICATE_ORDINAL_H
#define ETL_LEG_DUPLICATE_ORDINAL_H

#include "record/uuid.h"

enum { ORDINAL_WINDOW = 1 << 16 };

struct duplicate_ordinals;

struct duplicate_ordinals *duplicate_ordinals_new(void);
void duplicate_ordinals_free(struct duplicate_ordinals *ordinals); /* NULL is allowed */

/* How many legs of this NAME were asked for before: 0 for the first. */
uint32_t duplicate_ordinals_next(struct duplicate_ordinals *ordinals,
                                 const struct uuid *name);

#endif
