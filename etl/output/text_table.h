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

#include "base/err.h"

enum { TEXT_TABLE_COLUMNS_MAX = 32 };

#define TEXT_TABLE_LEFT_OUT "left out at this width"

/* The cells of a table, row after row; starts as { 0 }. */
struct text_cells {
    char **cell; /* as they are shown (unicode.h); owned */
    size_t count;
};

/* One more cell: a copy of TEXT, NULL is an empty one; of each of COUNT texts; a format.
 */
void text_cells_add(struct text_cells *cells, const char *text);
void text_cells_add_all(struct text_cells *cells, const char *const *text, size_t count);
void text_cells_addf(struct text_cells *cells, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Print the cells, and free them.  SPEC has a letter a column: 'l' left, 'r' right, 't'
 * text that may go on in further lines, 'b' a bar for a share of 0..1.  A digit behind
 * it: the column may be left out, the greatest digit first; without one it stays.  The
 * first row is the head unless LEFT_OUT is NULL, which says before the names of columns
 * that found no room what became of them.
 */
void text_cells_print(struct text_cells *cells, const char *spec, const char *left_out);

/*
 * TEXT as a line; on a terminal that is narrower it goes on below, INDENT columns to the
 * right.
 */
void text_line_print(const char *text, size_t indent);

#endif
