/*
 * row_read.h - rows of cdr.leg back into legs, and their outcomes.
 *
 * Values come in PostgreSQL's binary forms, in the order of row_columns, the
 * evidence_hash behind them, and behind that what of `extra` the rules read.
 */
#ifndef ETL_DB_ROW_ROW_READ_H
#define ETL_DB_ROW_ROW_READ_H

#include "record/row.h"

struct row_reader; /* which column fills which member */

struct row_reader *row_reader_new(void);
void row_reader_free(struct row_reader *reader); /* NULL is allowed */

/*
 * Fill LEG from VALUE, one a column of row_columns, and the two texts that
 * stand in `extra`.  Borrows what the values borrow.
 */
void row_read(const struct row_reader *reader, const struct slice *value,
              struct slice network_addr, struct slice sip_phrase, struct leg *leg);

/* The place of a column in row_columns; it must be there. */
size_t row_column_named(const char *name);

/* Numbers out of binary values; 0 when absent. */
int64_t row_value_int(struct slice value);

/* ms since 1970 of a timestamptz; NO_TIME when absent. */
int64_t row_value_ms(struct slice value);

/* The outcome of a row, as far as counting asks for it. */
struct outcome_reader;

/* TAXONOMY is borrowed until outcome_reader_free(). */
struct outcome_reader *outcome_reader_new(const struct taxonomy *taxonomy);
void outcome_reader_free(struct outcome_reader *reader); /* NULL is allowed */

/*
 * Fill OUTCOME from VALUE, one a column of row_columns; its provider is good until the
 * next call.  False: the taxonomy does not know a category any more.
 */
bool outcome_read(struct outcome_reader *reader, const struct slice *value,
                  struct outcome *outcome) MUST_USE;

#endif
