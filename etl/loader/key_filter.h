/*
 * key_filter.h - has this key come before in this file?
 *
 * The primary key of cdr.leg does not catch a leg that comes twice with
 * different starts.  Instead of asking the server to sort a million keys, a
 * filter of fixed size says "certainly not" or "perhaps" while the rows pass;
 * only the few suspects are asked about.
 */
#ifndef ETL_LOADER_KEY_FILTER_H
#define ETL_LOADER_KEY_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "record/uuid.h"

enum { SEEN_BYTES = 4 << 20, SEEN_SUSPECTS_MAX = 20000 };

struct seen;

struct seen *seen_new(void);
void seen_free(struct seen *seen); /* NULL is allowed */
void seen_clear(struct seen *seen);

void seen_add(struct seen *seen, const struct uuid *key);

/* How many keys have perhaps come twice. */
size_t seen_suspects(const struct seen *seen);

/*
 * The suspects as a PostgreSQL array of uuids.  False when they are more than
 * SEEN_SUSPECTS_MAX and every key must be asked about.
 */
bool seen_list(const struct seen *seen, struct buf *array);

#endif
