/*
 * text_table.h - a table on a terminal, as wide as the terminal and no wider.
 *
 * What does not fit is made to, in this order: bars become shorter, long texts go on in
 * further lines of their cell, columns that matter less are left out, and a line below
 * says which.  No line is wider than the terminal, unless numbers that nothing may
 * shorten are.  A file or a pipe has no width: it gets everything.
 */
#ifndef ETL_OUTPUT_TEXT_TABLE_H
#define ETL_OUTPUT_TEXT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum { TEXT_TABLE_COLUMNS_MAX = 32 };

#define TEXT_TABLE_LEFT_OUT "left out at this width"

/*
 * NROWS rows of cells, row after row; the first one is the head unless LEFT_OUT is NULL,
 * which says before the names of columns that found no room what became of them.  SPEC
 * has a letter a column: 'l' left, 'r' right, 't' text that may go on in further lines,
 * 'b' a bar for a share of 0..1.  A digit behind it: the column may be left out, the
 * greatest digit first; without one it stays.
 */
void text_table_print(const char *const *cells, size_t nrows, const char *spec,
                      const char *left_out);

/*
 * TEXT as a line; on a terminal that is narrower it goes on below, INDENT columns to the
 * right.
 */
void text_line_print(const char *text, size_t indent);

/* How many columns SPEC has. */
size_t text_table_columns(const char *spec);

/* Columns of the terminal behind stdout, or of COLUMNS; 0: as many as you like. */
size_t text_table_width(void);

#endif
