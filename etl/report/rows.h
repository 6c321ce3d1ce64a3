/*
 * rows.h - a table of texts, as a query gives it.
 *
 * Pages and charts are made of these and know nothing of databases.  A number is its
 * text; NULL is no value, which is never drawn as nought.  A column is asked for by its
 * name: one that the query does not give is a broken program.
 */
#ifndef ETL_REPORT_ROWS_H
#define ETL_REPORT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

struct page_rows {
    size_t count, width;
    const char *const *name; /* of the columns; borrowed, as the cells are */
    const char *const *cell; /* row after row */
};

/* NULL for no value. */
const char *rows_text(const struct page_rows *rows, size_t row, const char *column);
bool rows_has(const struct page_rows *rows, size_t row, const char *column);

/* 0 for no value. */
double rows_number(const struct page_rows *rows, size_t row, const char *column);

/* The greatest number of a column, 0 when there is none. */
double rows_greatest(const struct page_rows *rows, const char *column);

/* The two texts are equal; no value equals no value. */
bool rows_same(const struct page_rows *rows, size_t a, size_t b, const char *column);

/* The first row whose COLUMN is TEXT, or COUNT. */
size_t rows_find(const struct page_rows *rows, const char *column, const char *text);

#endif
