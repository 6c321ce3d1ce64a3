/*
 * page.h - the report of a period, made of tables.
 *
 * The tables are the answers of schema/report/, one a part, with the columns that
 * report_columns names, in that order.  The page is made of them and of nothing else, so
 * the same tables give the same bytes.
 */
#ifndef ETL_REPORT_PAGE_H
#define ETL_REPORT_PAGE_H

#include "base/buf.h"
#include "report/rows.h"

enum report_part {
    REPORT_TOTALS,
    REPORT_DAYS,
    REPORT_ASR_DAYS,
    REPORT_CARRIERS,
    REPORT_OUTCOMES,
    REPORT_HOURS,
    REPORT_CHANGED,
    REPORT_INCIDENTS,
    REPORT_SIGNALS,
    REPORT_HEALTH,
    REPORT_DEFINITIONS,
    REPORT_PARTS
};

/* The columns of a part, by the names that its query gives them. */
struct report_columns {
    const char *const *name;
    size_t count;
};
extern const struct report_columns report_columns[REPORT_PARTS];

/* A whole HTML document of PART[REPORT_PARTS]. */
void report_write(struct buf *out, const struct page_rows *part);

#endif
