/*
 * rows.c - reading a table of texts.
 */
#include "report/rows.h"

#include <assert.h>

#include "base/base.h"

const char *rows_text(const struct page_rows *rows, size_t row, size_t column)
{
    assert(row < rows->count && column < rows->width);
    return rows->cell[row * rows->width + column];
}

bool rows_has(const struct page_rows *rows, size_t row, size_t column)
{
    return rows_text(rows, row, column) != NULL;
}

double rows_number(const struct page_rows *rows, size_t row, size_t column)
{
    const char *text = rows_text(rows, row, column);

    return text != NULL ? strtod(text, NULL) : 0;
}

double rows_greatest(const struct page_rows *rows, size_t column)
{
    double greatest = 0;

    for (size_t row = 0; row < rows->count; row++)
        if (rows_number(rows, row, column) > greatest)
            greatest = rows_number(rows, row, column);
    return greatest;
}

bool rows_same(const struct page_rows *rows, size_t a, size_t b, size_t column)
{
    const char *left = rows_text(rows, a, column), *right = rows_text(rows, b, column);

    if (left == NULL || right == NULL)
        return left == right;
    return strcmp(left, right) == 0;
}
