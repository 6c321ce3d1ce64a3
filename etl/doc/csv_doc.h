/*
 * csv_doc.h - a small CSV file that people write by hand or in a spreadsheet, read whole.
 *
 * Quotes are strict, cells come as people meant them: the apostrophe that csv.h puts in
 * front of a cell is gone, and so is the mark that spreadsheets put in front of the file.
 */
#ifndef ETL_DOC_CSV_DOC_H
#define ETL_DOC_CSV_DOC_H

#include "base/err.h"
#include "base/text.h"

struct csv_row {
    size_t line, count; /* the line of the file on which it begins; how many cells */
    char **cell;        /* owned */
};

struct csv_doc {
    struct csv_row *row; /* owned; the captions are the first */
    size_t count;
};

/*
 * Read PATH, whose cells have DELIMITER between them; 0: what the first line tells. False
 * with ERR (EXIT_MAPPING): no such file, no CSV, no UTF-8.  csv_doc_free() in any case.
 */
bool csv_doc_read(struct csv_doc *doc, const char *path, char delimiter,
                  struct err *err) MUST_USE;
void csv_doc_free(struct csv_doc *doc);

/* The cell, trimmed; absent when it is empty or there is none. */
struct slice csv_doc_cell(const struct csv_row *row, size_t cell);

#endif
