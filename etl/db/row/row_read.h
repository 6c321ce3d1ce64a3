/*
 * row_read.h - rows of cdr.leg back into legs.
 *
 * Values come in PostgreSQL's binary forms, in the order of row_columns, the
 * evidence_hash behind them, and behind that what of `extra` the rules read.
 * The outcome is read by outcome_read.h.
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

#endif
