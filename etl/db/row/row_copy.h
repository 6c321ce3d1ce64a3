/*
 * row_copy.h - rows as PostgreSQL's binary COPY wants them.
 *
 * Walks row_columns of record/row.h, and adds evidence_hash: a fingerprint of what
 * the record says, without what the rules made of it.  Two records of a leg with the
 * same fingerprint say the same.
 */
#ifndef ETL_DB_ROW_ROW_COPY_H
#define ETL_DB_ROW_ROW_COPY_H

#include "record/row.h"

struct row_copy; /* which columns are evidence, and the list of all */

struct row_copy *row_copy_new(void);
void row_copy_free(struct row_copy *copy); /* NULL is allowed */

/* "leg_key, call_key, ..., evidence_hash" */
const char *row_copy_columns(const struct row_copy *copy);

/* True for a column that holds what the record says. */
bool row_copy_is_evidence(const char *column);

/* What stands before the first row and behind the last. */
void row_copy_head(struct buf *out);
void row_copy_tail(struct buf *out);

/* Append ROW. */
void row_copy_add(const struct row_copy *copy, struct buf *out, const struct row *row);

/* Append ROW, put together from several records, with HASH; 0: it is none of them. */
void row_copy_add_merged(const struct row_copy *copy, struct buf *out,
                         const struct row *row, int64_t hash);

/* ms since 1970 as the server keeps a time, and back. */
int64_t row_copy_time(int64_t ms);
int64_t row_copy_ms(int64_t time);

/* Append the codes of the categories in SET as a text[]. */
void row_copy_add_categories(struct buf *out, const struct taxonomy *taxonomy,
                             category_set set);

/* Append a value that is in its binary form already; absent: null. */
void row_copy_add_value(struct buf *out, struct slice value);

/*
 * The COUNT values of one row as binary COPY writes it, borrowed from ROW, into VALUE;
 * absent: null.  A row of another shape is a bug.
 */
void row_copy_split(struct slice row, size_t count, struct slice *value);

/* Both null, or the same bytes. */
bool row_copy_equal(struct slice a, struct slice b);

#endif
