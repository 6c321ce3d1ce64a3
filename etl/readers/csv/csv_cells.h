/*
 * csv_cells.h - one row of CSV as its cells.
 *
 * libcsv decides what quotes mean.  Most rows need no decision: a row on one
 * line whose quoted cells are whole is split here, three times as fast and to
 * the same cells; a test holds the two ways together.
 */
#ifndef ETL_READERS_CSV_CSV_CELLS_H
#define ETL_READERS_CSV_CSV_CELLS_H

#include <csv.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

enum { CELLS_MAX = 64 << 10 };

struct cells {
    struct slice *cell;
    size_t count, cap; /* beyond CELLS_MAX cells are counted and not kept */
    struct buf text;   /* cells that do not stand in the row as they are */
    char delimiter;
    bool quoting;
    /* libcsv's half */
    struct csv_parser parser;
    size_t *end; /* where cells end in text */
    bool whole;  /* the row is complete */
};

enum cells_got {
    CELLS_ROW,   /* the cells are there */
    CELLS_MORE,  /* a quoted cell goes on in the next line */
    CELLS_BROKEN /* text behind a closing quote, or a quote inside bare text */
};

void cells_init(struct cells *cells, char delimiter, bool quoting);
void cells_free(struct cells *cells);

/*
 * Split LINE, without its line end.  The cells point into LINE and TEXT, and TEXT
 * has room for as much again as LINE is long.  False: ask cells_line().
 */
bool cells_split(struct cells *cells, struct slice line);

/*
 * Split LINE by itself, taking for a closing quote only one that a delimiter or the end
 * follows: what is meant where nobody doubled the quotes inside.  False: the line ends
 * in a quoted cell.
 */
bool cells_lenient(struct cells *cells, struct slice line);

/*
 * Hand libcsv the next LINE of a row, line end included; FIRST starts the row,
 * LAST: the input ends here.  The cells point into TEXT.
 */
enum cells_got cells_line(struct cells *cells, struct slice line, bool first, bool last);

/* Where in a row a piece of it ends. */
enum cells_at { AT_CELL, AT_BARE, AT_QUOTED, AT_CLOSED };

/*
 * The same rules without the cells: pass over TEXT, which goes on at *AT, up to and
 * with the line end that ends the row; *USED: how far.  CELLS_MORE: it goes on.
 */
enum cells_got cells_pass(const struct cells *cells, struct slice text, enum cells_at *at,
                          size_t *used);

#endif
