/*
 * report_site.h - a folder of pages that a web server shows: a dashboard without one.
 */
#ifndef ETL_COMMANDS_REPORT_REPORT_SITE_H
#define ETL_COMMANDS_REPORT_REPORT_SITE_H

#include "db/db.h"
#include "lang/lang.h"

/*
 * Bring the folder DIR, which is made, up to date: an index and a page for every day,
 * week and month with statistics.  The file .pages in it names the pages that were
 * written and what their figures were made of: a page is asked for again only when that
 * has changed, and taken away when its days are gone.  Other files stay as they are.
 * PROGRAM is name and version.  A transaction that reads is open.
 */
bool report_site(struct db *db, enum lang lang, const char *dir, const char *program,
                 struct err *err) MUST_USE;

#endif
