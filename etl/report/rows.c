/*
 * rows.c - reading a table of texts.
 */
#include "report/rows.h"

#include <assert.h>

#include "base/base.h"

static size_t column_of(const struct page_rows *rows, const char *column)
{
    size_t at = 0;

    while (at < rows->width && strcmp(rows->name[at], column) != 0)
        at++;
    assert(at < rows->width);
    return at;
}

const char *rows_text(const struct page_rows *rows, size_t row, const char *column)
{
    assert(row < rows->count);
    return rows->cell[row * rows->width + column_of(rows, column)];
}

bool rows_has(const struct page_rows *rows, size_t row, const char *column)
{
    return rows_text(rows, row, column) != NULL;
}

double rows_number(const struct page_rows *rows, size_t row, const char *column)
{
    const char *text = rows_text(rows, row, column);

    return text != NULL ? strtod(text, NULL) : 0;
}

double rows_greatest(const struct page_rows *rows, const char *column)
{
    double greatest = 0;

    for (size_t row = 0; row < rows->count; row++)
        if (rows_number(rows, row, column) > greatest)
            greatest = rows_number(rows, row, column);
    return greatest;
}

bool rows_same(const struct page_rows *rows, size_t a, size_t b, const char *column)
{
    const char *left = rows_text(rows, a, column), *right = rows_text(rows, b, column);

    if (left == NULL || right == NULL)
        return left == right;
    return strcmp(left, right) == 0;
}

size_t rows_find(const struct page_rows *rows, const char *column, const char *text)
{
    size_t row = 0;

    while (row < rows->count && (!rows_has(rows, row, column) ||
                                 strcmp(rows_text(rows, row, column), text) != 0))
        row++;
    return row;
}
