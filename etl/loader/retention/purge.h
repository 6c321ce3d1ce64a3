/*
 * purge.h - legs dropped by whole months; statistics stay.
 *
 * A month is a transaction, and the oldest goes first: a purge that is interrupted and
 * repeated ends where one purge would have.  What else hangs by the month goes with
 * it: the versions of its legs (cdr.leg_version), the history of outcomes, the
 * text of rejects.  From then on its legs are refused (REJECT_PURGED) and the hours of
 * its statistics are never built anew.
 */
#ifndef ETL_LOADER_RETENTION_PURGE_H
#define ETL_LOADER_RETENTION_PURGE_H

#include "loader/ledger/run.h"

enum { PURGE_MONTH_TEXT = 8 }; /* "2025-01" and a NUL */

/* A month that was dropped, or would be; bytes are -1 where it has no legs. */
struct purge_month {
    char month[PURGE_MONTH_TEXT];
    int64_t legs, bytes, versions, changes, texts, truncated_calls;
};

struct purge_report {
    struct purge_month *month;
    size_t nmonths;
    char kept[PURGE_MONTH_TEXT]; /* of the month BEFORE lies inside; "" */
};

/*
 * Drop every month that ends by BEFORE (ms since 1970 UTC), or with DRY_RUN say which.
 * RUN's wait is for other runs, and for sessions that read legs, whose locks exclude
 * ours.  False with ERR (EXIT_LOCKED, EXIT_DATABASE, a signal): REPORT has the
 * months that went all the same; purge_report_free() it in any case.
 */
bool purge_run(struct run *run, int64_t before, bool dry_run, struct purge_report *report,
               struct err *err) MUST_USE;

void purge_report_free(struct purge_report *report);

/* Warn of purged months between the instants: nothing WHAT asks for is done there. */
bool purge_warn(struct db *db, int64_t from, int64_t to, const char *what,
                struct err *err) MUST_USE;

#endif
