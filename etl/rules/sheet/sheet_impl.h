/*
 * sheet_impl.h - a sheet that is being read, for the files of this folder.
 */
#ifndef ETL_RULES_SHEET_SHEET_IMPL_H
#define ETL_RULES_SHEET_SHEET_IMPL_H

#include "doc/csv_doc.h"
#include "rules/sheet/sheet.h"

/* Cells of a row at most; a column that is none of a kind. */
enum { CELLS_MAX = 128, NOBODY = -1 };

/* A row that has something to say. */
struct sheet_row {
    const struct csv_row *cells;
    json_t *rule;  /* owned; NULL: it has a fault */
    bool is_blank; /* its outcome stands for one that nobody wrote */
    bool has_cases;
};

struct sheet_reading {
    const char *path, *provider;
    struct csv_doc csv;
    int column_of[CELLS_MAX]; /* by cell: enum sheet_column; NOBODY */
    int field_of[CELLS_MAX];  /* by cell: enum rule_field; NOBODY */
    struct sheet_row *row;    /* owned, one a row behind the captions */
    struct buf *found;
    size_t faults;
};

/* Rows without outcome get what the cases of RULES say that meet their conditions; RULES
 * holds the sheet's rules alone.  False with ERR. */
bool sheet_ask_cases(struct sheet_reading *reading, const struct rules *rules,
                     struct err *err) MUST_USE;

/* The rows as a mapping file. */
void sheet_add_table(const struct sheet_reading *reading, const struct doc *before,
                     struct buf *out, struct sheet_rows *rows);

#endif
