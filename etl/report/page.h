/*
 * page.h - the report of a period, made of tables, and the index of many.
 *
 * The tables are the answers of schema/report/, one a part.  The page is made of them and
 * of nothing else, so the same tables give the same bytes.
 */
#ifndef ETL_REPORT_PAGE_H
#define ETL_REPORT_PAGE_H

#include "base/buf.h"
#include "lang/lang.h"
#include "report/rows.h"

enum report_part {
    REPORT_PERIOD,
    REPORT_COMPARED,
    REPORT_REASONS,
    REPORT_LOOK,
    REPORT_ATTEMPTS,
    REPORT_REACHED,
    REPORT_INBOUND,
    REPORT_DAYS,
    REPORT_CARRIERS,
    REPORT_OUTCOMES,
    REPORT_DESTINATIONS,
    REPORT_QUEUES,
    REPORT_MISSED,
    REPORT_CALLERS,
    REPORT_AGENTS,
    REPORT_CONTACT,
    REPORT_HOURS,
    REPORT_TRUNKS,
    REPORT_QUESTIONS,
    REPORT_CHANGED,
    REPORT_HEALTH,
    REPORT_DEFINITIONS,
    REPORT_PARTS
};

/* What a part is called: the name of its query, and of its file as CSV. */
extern const char *const report_part_names[REPORT_PARTS];

/* Where a page of a site leads; NULL: nowhere, or no site. */
struct page_links {
    const char *index, *before, *behind;
};

/* A whole HTML document of PART[REPORT_PARTS].  LINKS may be NULL. */
void report_write(struct buf *out, enum lang lang, const struct page_rows *part,
                  const struct page_links *links);

/*
 * The page that leads to all others of a site, a whole HTML document: a calendar a month,
 * newest first.  PERIODS as the statement report/site gives them: days, months and weeks,
 * each newest first.
 */
void site_index_write(struct buf *out, enum lang lang, const struct page_rows *periods);

#endif
