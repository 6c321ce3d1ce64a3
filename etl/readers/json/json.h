/*
 * json.h - JSON exports: a record an object.
 */
#ifndef ETL_READERS_JSON_JSON_H
#define ETL_READERS_JSON_JSON_H

#include "readers/format.h"

/*
 * Which profile knows the beginning of SOURCE, and how its records lie; blanks in
 * front are given back already.  False with ERR: refused.
 */
bool json_sniff(struct source *source, const struct profiles *profiles,
                const struct reader_options *options, struct sniff *sniff,
                struct err *err) MUST_USE;

/* Takes over nothing but memory of its own; NULL with ERR: refused. */
struct reader *json_reader_new(struct source *source, const struct sniff *sniff,
                               struct err *err) MUST_USE;

/* Its part of reader_describe(). */
void json_reader_describe(const struct reader *reader, struct buf *out);

#endif
