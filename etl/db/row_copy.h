/*
 * row_copy.h - rows as PostgreSQL's binary COPY wants them.
 *
 * Walks row_columns of record/row.h, and adds evidence_hash: a fingerprint of
 * what the record told, without what we made of it.  Two records of a leg with
 * the same fingerprint told the same.
 */
#ifndef ETL_DB_ROW_COPY_H
#define ETL_DB_ROW_COPY_H

#include "record/row.h"

struct row_copy; /* which columns are evidence, and the list of all */

struct row_copy *row_copy_new(void);
void row_copy_free(struct row_copy *copy); /* NULL is allowed */

/* "leg_key, call_key, ..., evidence_hash" */
const char *row_copy_columns(const struct row_copy *copy);

/* True for a column that holds what the record told. */
bool row_copy_is_evidence(const char *column);

/* What stands before the first row and behind the last. */
void row_copy_head(struct buf *out);
void row_copy_tail(struct buf *out);

/* Append ROW. */
void row_copy_add(const struct row_copy *copy, struct buf *out, const struct row *row);

/* Append ROW as put together from several records: its fingerprint is 0. */
void row_copy_add_merged(const struct row_copy *copy, struct buf *out,
                         const struct row *row);

/* Append a value that is in its binary form already; absent: null. */
void row_copy_add_value(struct buf *out, struct slice value);

/* The values of the one row in ROW, evidence_hash the last; absent: null. */
void row_copy_split(const struct buf *row, struct slice *value);

/* Both null, or the same bytes. */
bool row_copy_equal(struct slice a, struct slice b);

#endif
