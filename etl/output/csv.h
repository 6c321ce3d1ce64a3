/*
 * csv.h - CSV as we write it: RFC 4180, and no cell that a spreadsheet would compute.
 *
 * A spreadsheet takes a cell that begins with = + - @, a tab or a line end for a formula,
 * and cells come from strangers.  Such a cell gets an apostrophe in front, and so does
 * one that has apostrophes before such a sign: whoever takes one apostrophe away has the
 * text again.  A plain negative number and a lone sign are no formulas.
 */
#ifndef ETL_OUTPUT_CSV_H
#define ETL_OUTPUT_CSV_H

#include "base/buf.h"

/* The text as a cell, quoted where it must be. */
void buf_add_csv(struct buf *buf, struct slice text);

/* The text of a cell again, where buf_add_csv() put an apostrophe in front. */
struct slice csv_unguarded(struct slice cell);

/*
 * ROW as an export wrote it, cells that a spreadsheet would compute made harmless: the
 * readers cut the apostrophe off again, so the same is read.
 */
void buf_add_csv_row(struct buf *buf, struct slice row, char delimiter);

/* What stands between the cells of the caption line CAPTION. */
char csv_delimiter_of(struct slice caption);

#endif
