/*
 * json_walk.h - a JSON document as YAJL reports it, and the records in it.
 *
 * The walk has two states: outside of records it follows the place in the
 * document and says when a record begins; inside it gathers the record's values
 * into fields.  Whoever feeds it must stop behind every opening brace until a
 * record has begun, and then feed the whole record at once: values point into
 * what was fed.
 */
#ifndef ETL_READERS_JSON_JSON_WALK_H
#define ETL_READERS_JSON_JSON_WALK_H

#include "readers/json/json_state.h"

/* The outermost unit that is open and in which nothing was found yet; NULL: none. */
const struct json_outer *json_walk_open_unit(const struct json_walk *walk);

void json_walk_init(struct json_walk *walk, struct json_keys *keys,
                    const struct shape *shape);
void json_walk_free(struct json_walk *walk);

/* Forget the document being read and wait for a new one. */
void json_walk_restart(struct json_walk *walk);

/* False when TEXT is no JSON, or too deep; *USED bytes of it were. */
bool json_walk_feed(struct json_walk *walk, struct slice text, size_t *used);

/*
 * Feed the rest of a record that has begun; its fields and their columns go into REC.
 * False likewise, or it does not end there.
 */
bool json_walk_record(struct json_walk *walk, struct slice rest, struct rec *rec,
                      size_t *used);

/*
 * Likewise without YAJL, where the record is plain (json_plain.c).  False: it is not, and
 * must be fed.
 */
bool json_walk_plain(struct json_walk *walk, struct slice rest, bool has_lines,
                     struct rec *rec);

/* What YAJL says about the fault, as one line. */
void json_walk_fault(struct json_walk *walk, struct buf *out);

#endif
