/*
 * rows_output.c - rows as cells, CSV and JSON.
 */
#include "commands/shared/rows_output.h"

#include "output/csv.h"

void rows_add_cells(struct text_cells *cells, const struct db_rows *rows)
{
    for (size_t row = 0; row < db_rows_count(rows); row++)
        for (size_t column = 0; column < db_rows_width(rows); column++)
            text_cells_add(cells, db_value(rows, row, column).s);
}

static size_t count_of(const struct db_rows *rows, const struct rows_columns *columns)
{
    return columns->column != NULL ? columns->count : db_rows_width(rows);
}

static size_t place_of(const struct rows_columns *columns, size_t i)
{
    return columns->column != NULL ? columns->column[i] : i;
}

void rows_add_csv(struct buf *out, const struct db_rows *rows,
                  const struct rows_columns *columns)
{
    size_t count = count_of(rows, columns);

    for (size_t i = 0; i < count; i++) {
        buf_add_text(out, i > 0 ? "," : "");
        buf_add_csv(out, slice_of(db_column_name(rows, place_of(columns, i))));
    }
    buf_add_char(out, '\n');
    for (size_t row = 0; row < db_rows_count(rows); row++) {
        for (size_t i = 0; i < count; i++) {
            buf_add_text(out, i > 0 ? "," : "");
            buf_add_csv(out, db_value(rows, row, place_of(columns, i)));
        }
        buf_add_char(out, '\n');
    }
}

static void add_json_value(struct buf *out, const struct db_rows *rows, size_t row,
                           size_t column)
{
    struct slice value = db_value(rows, row, column);

    if (value.s != NULL && db_is_number(rows, column))
        buf_add_slice(out, value);
    else
        buf_add_json_or_null(out, value);
}

void rows_add_json(struct buf *out, const struct db_rows *rows,
                   const struct rows_columns *columns)
{
    buf_add_char(out, '[');
    for (size_t row = 0; row < db_rows_count(rows); row++) {
        buf_add_text(out, row > 0 ? ",{" : "{");
        for (size_t i = 0; i < count_of(rows, columns); i++) {
            size_t column = place_of(columns, i);

            buf_add_text(out, i > 0 ? "," : "");
            buf_add_json(out, slice_of(db_column_name(rows, column)));
            buf_add_char(out, ':');
            add_json_value(out, rows, row, column);
        }
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}
