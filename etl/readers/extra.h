/*
 * extra.h - what no field takes, as the text of a JSON object.
 */
#ifndef ETL_READERS_EXTRA_H
#define ETL_READERS_EXTRA_H

#include "base/buf.h"

/* Append one member to EXTRA, the inside of a JSON object, commas between them. */
void extra_add(struct buf *extra, struct slice name, struct slice text);

/* Likewise for a number, true or false: it stays what it is where jsonb can hold it. */
void extra_add_plain(struct buf *extra, struct slice name, struct slice text);

/* The members as an object; absent when there is none. */
struct slice extra_close(struct buf *extra);

#endif
