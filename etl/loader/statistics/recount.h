/*
 * recount.h - statistics held against the legs they were counted from.
 *
 * The work goes by days of UTC, a transaction each, so a load that waits need not wait
 * for years of legs.
 */
#ifndef ETL_LOADER_STATISTICS_RECOUNT_H
#define ETL_LOADER_STATISTICS_RECOUNT_H

#include "loader/ledger/run.h"

/* An hour whose statistics are not what its legs come to. */
struct recount_hour {
    int64_t hour;    /* since 1970 */
    uint64_t groups; /* that differ */
};

struct recount_report {
    struct recount_hour *hour;
    size_t nhours;
};

/*
 * Compare the hours that have a part in [FROM, TO), ms since 1970 UTC.  REPAIR: build
 * those that differ anew, under the lock.  False with ERR (EXIT_LOCKED, EXIT_DATABASE, a
 * signal): REPORT has what was found so far, and what was repaired stays so;
 * recount_report_free() it in any case.
 */
bool recount(struct run *run, int64_t from, int64_t to, bool repair,
             struct recount_report *report, struct err *err) MUST_USE;

void recount_report_free(struct recount_report *report);

#endif
