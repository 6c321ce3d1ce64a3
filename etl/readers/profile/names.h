/*
 * names.h - what an export calls things, looked up fast.
 *
 * A caption is one name; a JSON key is found by its path, such as
 * callflow[0].times.created_time, whose hash grows key by key on the way down.
 * A key that holds dots ("queue.name") is found like the keys it spells.
 */
#ifndef ETL_READERS_PROFILE_NAMES_H
#define ETL_READERS_PROFILE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

struct name {
    const char *text; /* NULL: a free slot */
    size_t len;
    uint64_t hash;
    int value;
};

/* Starts as { 0 }; the texts are borrowed. */
struct names {
    struct name *slot;
    size_t cap, count;
};

enum { NAME_ROOT = 0, NAME_NONE = -1 };

/* The hash of the path that KEY is in, PARENT being the one above. */
uint64_t name_under(uint64_t parent, struct slice key);

/* The hash of a whole path, of keys and [numbers]. */
uint64_t name_path(struct slice path);

/* NAME_NONE when TEXT is not there. */
int names_find(const struct names *names, uint64_t hash, struct slice text);

/* TEXT must not be there yet; VALUE is not NAME_NONE. */
void names_add(struct names *names, uint64_t hash, struct slice text, int value);

void names_free(struct names *names);

/*
 * A caption as captions are compared: trimmed, without case and colons, blanks
 * single, apostrophes alike, letters composed.  OUT is emptied first.
 */
void caption_fold(struct buf *out, struct slice caption);

#endif
