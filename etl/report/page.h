/*
 * page.h - the report of a period, made of tables, and the index of many.
 *
 * The tables are the answers of schema/statements/report/, one a part.  The page is made
 * of them and of nothing else, so the same tables give the same bytes.
 */
#ifndef ETL_REPORT_PAGE_H
#define ETL_REPORT_PAGE_H

#include "base/buf.h"
#include "lang/lang.h"
#include "report/rows.h"

/*
 * X(constant, name, words).  NAME: of its query, and of its file as CSV.  WORDS: what the
 * query asks for behind the two days: l the language, o what it calls "others", a "all";
 * NULL: not even the days.
 */
#define PARTS_OF_REPORT(X)                                                               \
    X(PERIOD, period, "")                                                                \
    X(COMPARED, compared, "")                                                            \
    X(REASONS, reasons, "l")                                                             \
    X(LOOK, look, "")                                                                    \
    X(ATTEMPTS, attempts, "")                                                            \
    X(REACHED, reached, "")                                                              \
    X(INBOUND, inbound, "")                                                              \
    X(DAYS, days, "")                                                                    \
    X(CARRIERS, carriers, "o")                                                           \
    X(OUTCOMES, outcomes, "loa")                                                         \
    X(DESTINATIONS, destinations, "o")                                                   \
    X(QUEUES, queues, "")                                                                \
    X(MISSED, missed, "")                                                                \
    X(CALLERS, callers, "")                                                              \
    X(AGENTS, agents, "o")                                                               \
    X(CONTACT, contact, "")                                                              \
    X(HOURS, hours, "")                                                                  \
    X(TRUNKS, trunks, "a")                                                               \
    X(QUESTIONS, questions, "")                                                          \
    X(CHANGED, changed, "lo")                                                            \
    X(HEALTH, health, "")                                                                \
    X(DEFINITIONS, definitions, NULL)

enum report_part {
#define X(constant, name, words) REPORT_##constant,
    PARTS_OF_REPORT(X)
#undef X
        REPORT_PARTS
};

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
