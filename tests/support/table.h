/*
 * table.h - records that nobody exported, in the dress of many exports.
 *
 * A table is drawn by dice: which fields, in which order, and hostile but
 * harmless text in every cell.  The same table can be written as CSV or as JSON
 * in any of the ways that exports and spreadsheets write them; what a reader
 * must make of it is known from the table alone.
 */
#ifndef TESTS_SUPPORT_TABLE_H
#define TESTS_SUPPORT_TABLE_H

#include "base/buf.h"
#include "readers/profile/profile.h"

enum { TABLE_ROWS = 6, TABLE_COLUMNS = 12, TABLE_CELL = 48 };

struct table {
    size_t nrows, ncolumns;
    enum field field[TABLE_COLUMNS];
    char cell[TABLE_ROWS][TABLE_COLUMNS][TABLE_CELL]; /* "": the export has no value */
};

/* xorshift: the same throws every time, from *STATE, which is never 0. */
size_t table_dice(uint64_t *state, uint64_t sides);

/* Fields that both profiles have a name for, and cells for them. */
void table_draw(struct table *table, const struct profile *one,
                const struct profile *other, uint64_t *dice);

/*
 * Write TABLE with names of PROFILE, a field's chosen by DICE among its aliases; HOW
 * gets a few words about the dress, LINE the first physical line of every row.
 */
void table_as_csv(const struct table *table, const struct profile *profile,
                  uint64_t *dice, struct buf *out, struct buf *how,
                  uint64_t line[TABLE_ROWS]);
void table_as_json(const struct table *table, const struct profile *profile,
                   uint64_t *dice, struct buf *out, struct buf *how);

/* Other bytes for the same text: UTF-16, gzip, zstd, or as it is; HOW says which. */
void table_wrap(struct buf *text, uint64_t *dice, struct buf *how);

#endif
