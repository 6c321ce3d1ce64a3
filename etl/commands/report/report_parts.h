/*
 * report_parts.h - the tables of a report, asked of the database, and a site of reports.
 */
#ifndef ETL_COMMANDS_REPORT_REPORT_PARTS_H
#define ETL_COMMANDS_REPORT_REPORT_PARTS_H

#include "db/db.h"
#include "lang/lang.h"
#include "report/page.h"

/* What the database answered, and the same as a page wants it. */
struct report_parts {
    struct page_rows page[REPORT_PARTS];
    struct report_answer {
        struct db_rows *rows;
        const char **name, **cell;
    } answer[REPORT_PARTS];
};

/*
 * Ask for the days FROM (YYYY-MM-DD) to the one before TO; NULL: open.  A transaction
 * that reads is open.  PARTS is to be freed, also when this fails.
 */
bool report_parts_ask(struct report_parts *parts, struct db *db, enum lang lang,
                      const char *from, const char *to, struct err *err) MUST_USE;
void report_parts_free(struct report_parts *parts);

/* A file PART.csv a table into the folder DIR, which is made. */
bool report_parts_csv(const struct report_parts *parts, const char *dir,
                      struct err *err) MUST_USE;

/* One table of ROWS, borrowed; free() its names and cells. */
struct page_rows report_answer_take(struct report_answer *answer, struct db_rows *rows);
void report_answer_free(struct report_answer *answer);

/*
 * Bring the folder DIR, which is made and which a web server may show, up to date: an
 * index and a page for every day, week and month with statistics.  The file .pages in it
 * names the pages that were written and what their figures were made of: a page is asked
 * for again only when that has changed, and taken away when its days are gone.  Other
 * files stay as they are. PROGRAM is name and version.  A transaction that reads is open.
 */
bool report_site(struct db *db, enum lang lang, const char *dir, const char *program,
                 struct err *err) MUST_USE;

#endif
