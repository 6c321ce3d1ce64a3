/*
 * site_index.h - the page that leads to all others of a site.
 */
#ifndef ETL_REPORT_SITE_INDEX_H
#define ETL_REPORT_SITE_INDEX_H

#include "base/buf.h"
#include "lang/lang.h"
#include "report/rows.h"

/*
 * A whole HTML document: a calendar a month, newest first.  PERIODS as
 * the statement report/site gives them: days, months and weeks, each newest first.
 */
void site_index_write(struct buf *out, enum lang lang, const struct page_rows *periods);

#endif
