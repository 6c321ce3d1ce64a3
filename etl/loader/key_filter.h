/*
 * key_filter.h - has this key come before?  "Certainly not", or "perhaps".
 *
 * Folded to the size that its keys need, eight bytes a key, the filter is kept beside the
 * ledger (cdr.file_keys): so the next file learns which files may have a leg of its own.
 * What is kept must mean the same for ever: another form needs a migration that empties
 * that table.
 */
#ifndef ETL_LOADER_KEY_FILTER_H
#define ETL_LOADER_KEY_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"
#include "record/uuid.h"

enum { KEY_FILTER_BYTES = 4 << 20 };

struct key_filter;

struct key_filter *key_filter_new(void);
void key_filter_free(struct key_filter *filter); /* NULL is allowed */
void key_filter_clear(struct key_filter *filter);

void key_filter_add(struct key_filter *filter, const struct uuid *key);

/* False: KEY has certainly not come. */
bool key_filter_has(const struct key_filter *filter, const struct uuid *key);

/*
 * A filter that was kept, or a part of it: BYTES, which begin at byte AT of the OF that
 * it has.  Parts begin and end at multiples of KEY_FILTER_LINE.
 */
struct key_filter_part {
    struct slice bytes;
    size_t at, of;
};

enum { KEY_FILTER_LINE = 64 /* bytes */ };

/* False: by this part of the filter KEY is certainly not among its keys. */
bool key_filter_part_has(const struct key_filter_part *part, const struct uuid *key);

/*
 * The filter to be kept, borrowed until it is cleared, which is all that may follow;
 * absent when it is so full that it would tell nothing.
 */
struct slice key_filter_fold(struct key_filter *filter);

#endif
