/*
 * rows.h - a table of texts, as a query gives it.
 *
 * Pages and charts are made of these and know nothing of databases.  A number is
 * its text; NULL is no value, which is never drawn as nought.
 */
#ifndef ETL_REPORT_ROWS_H
#define ETL_REPORT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

struct page_rows {
    size_t count, width;
    const char *const *cell; /* row after row; borrowed */
};

/* NULL for no value. */
const char *rows_text(const struct page_rows *rows, size_t row, size_t column);
bool rows_has(const struct page_rows *rows, size_t row, size_t column);

/* 0 for no value. */
double rows_number(const struct page_rows *rows, size_t row, size_t column);

/* The greatest number of a column, 0 when there is none. */
double rows_greatest(const struct page_rows *rows, size_t column);

/* The two texts are equal; no value equals no value. */
bool rows_same(const struct page_rows *rows, size_t a, size_t b, size_t column);

#endif
