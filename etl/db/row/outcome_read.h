/*
 * outcome_read.h - rows of cdr.leg back into outcomes, as far as counting asks for them.
 */
#ifndef ETL_DB_ROW_OUTCOME_READ_H
#define ETL_DB_ROW_OUTCOME_READ_H

#include "record/row.h"

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
