/*
 * csv.h - CSV exports: a record a row.
 */
#ifndef ETL_READERS_CSV_CSV_H
#define ETL_READERS_CSV_CSV_H

#include "readers/format.h"

/*
 * Which profile knows the beginning of SOURCE, and how its records lie; blanks in
 * front are given back already.  False with ERR: refused.
 */
bool csv_sniff(struct source *source, const struct profiles *profiles,
               const struct reader_options *options, struct sniff *sniff,
               struct err *err) MUST_USE;

/* Takes over nothing but memory of its own; NULL with ERR: refused. */
struct reader *csv_reader_new(struct source *source, const struct sniff *sniff,
                              struct err *err) MUST_USE;

/* The caption line, borrowed; READER is one of CSV. */
struct slice csv_reader_caption(const struct reader *reader);

/* Its part of reader_describe(). */
void csv_reader_describe(const struct reader *reader, struct buf *out);

#endif
