/*
 * rows_output.h - the rows of a query for people and programs: cells of a table, lines of
 * CSV, an array of JSON.  Columns are called what the query calls them.
 */
#ifndef ETL_COMMANDS_SHARED_ROWS_OUTPUT_H
#define ETL_COMMANDS_SHARED_ROWS_OUTPUT_H

#include "db/db.h"
#include "output/text_table.h"

/* The rows, without a head, each with all its columns. */
void rows_add_cells(struct text_cells *cells, const struct db_rows *rows);

/* Which columns are meant, by their places; COLUMN NULL: all of them. */
struct rows_columns {
    const size_t *column;
    size_t count;
};

/* A line of names and a line a row, each with its \n. */
void rows_add_csv(struct buf *out, const struct db_rows *rows,
                  const struct rows_columns *columns);

/* An array of objects: a number of the database is one of JSON, no value is null. */
void rows_add_json(struct buf *out, const struct db_rows *rows,
                   const struct rows_columns *columns);

#endif
