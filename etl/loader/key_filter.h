/*
 * key_filter.h - has this key come before?  "Certainly not", or "perhaps".
 *
 * A filter is some bytes, 0 in the beginning.  That of a file's keys is kept beside the
 * ledger (cdr.file_keys): so the next file learns which files may have a leg of its own.
 * What is kept must mean the same for ever: another form needs a migration that empties
 * that table.
 */
#ifndef ETL_LOADER_KEY_FILTER_H
#define ETL_LOADER_KEY_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "record/uuid.h"

enum {
    KEY_FILTER_LINE = 64,     /* bytes in which the bits of a key stand */
    KEY_FILTER_MAX = 4 << 20, /* bytes */
};

/* The bytes that COUNT keys want, eight a key; 0: so many would tell nothing. */
size_t key_filter_size(uint64_t count);

/* Add KEY to a filter of SIZE bytes, some lines. */
void key_filter_add(char *filter, size_t size, const struct uuid *key);

/*
 * A filter that was kept, or a part of it: BYTES, which begin at byte AT of the OF that
 * it has.  Parts begin and end at multiples of KEY_FILTER_LINE.
 */
struct key_filter_part {
    struct slice bytes;
    size_t at, of;
};

/* False: by this part of the filter KEY is certainly not among its keys. */
bool key_filter_part_has(const struct key_filter_part *part, const struct uuid *key);

#endif
