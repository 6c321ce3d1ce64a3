/*
 * names.h - what an export calls things, as it is looked up in a table.
 *
 * A caption is one name; a JSON key is found by its path, such as
 * callflow[0].times.created_time, whose hash grows key by key on the way down.
 * A key that holds dots ("queue.name") is found like the keys it spells.
 */
#ifndef ETL_READERS_PROFILE_NAMES_H
#define ETL_READERS_PROFILE_NAMES_H

#include "base/buf.h"
#include "base/table.h"

enum { NAME_ROOT = 0 };

/* The hash of the path that KEY is in, PARENT being the one above. */
uint64_t name_under(uint64_t parent, struct slice key);

/* The hash of a whole path, of keys and [numbers]. */
uint64_t name_path(struct slice path);

/*
 * A caption as captions are compared: trimmed, without case and colons, blanks
 * single, apostrophes alike, letters composed.  OUT is emptied first.
 */
void caption_fold(struct buf *out, struct slice caption);

#endif
