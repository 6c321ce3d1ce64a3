/*
 * table.h - tables of a page.
 *
 * The first column names the row.  A table scrolls sideways in itself where the screen is
 * narrow, so that every column can be reached.
 */
#ifndef ETL_REPORT_TABLE_H
#define ETL_REPORT_TABLE_H

#include "report/html.h"
#include "report/rows.h"

struct table_column {
    const char *head;   /* English */
    const char *column; /* of the rows; NULL: a band from LOW to HIGH */
    enum lang_kind kind;
    const char *low, *high; /* columns of its range, drawn below the figure; or NULL */
};

/* CAPTION (English) is what a screen reader calls it. */
void table_write(struct html *html, const char *caption, const struct page_rows *rows,
                 const struct table_column *columns, size_t count);

/*
 * A table with a small heading, behind others of its section.  CLASS: "", or "more" for
 * one that a week leaves to the screen, to fit on one page of paper.
 */
void table_headed(struct html *html, const char *class, const char *heading,
                  const struct page_rows *rows, const struct table_column *columns,
                  size_t count);

/* The frame alone, for a table that writes its rows itself. */
void table_begin(struct html *html, const char *class, const char *caption);
void table_end(struct html *html);

#endif
