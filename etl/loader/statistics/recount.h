/*
 * recount.h - statistics held against the legs they were counted from, and their roll-up
 * by the day against them.
 *
 * The work goes by days of UTC, a transaction each, so a load that waits need not wait
 * for years of legs.
 */
#ifndef ETL_LOADER_STATISTICS_RECOUNT_H
#define ETL_LOADER_STATISTICS_RECOUNT_H

#include "loader/ledger/run.h"

/* An hour whose statistics are not what its legs come to; or a day, by its first hour,
 * that is not the sum of its hours. */
struct recount_hour {
    int64_t hour;    /* since 1970 */
    uint64_t groups; /* that differ */
};

struct recount_list {
    struct recount_hour *hour;
    size_t count;
};

struct recount_report {
    struct recount_list hours, days;
};

/*
 * Compare the hours that have a part in [FROM, TO), ms since 1970 UTC, and the days that
 * begin in them.  REPAIR: build hours that differ anew, under the lock, and take days out
 * of the roll-up, which the end of the run puts in again.  False with ERR (EXIT_LOCKED,
 * EXIT_DATABASE, a signal): REPORT has what was found so far, and what was repaired stays
 * so; recount_report_free() it in any case.
 */
bool recount(struct run *run, int64_t from, int64_t to, bool repair,
             struct recount_report *report, struct err *err) MUST_USE;

void recount_report_free(struct recount_report *report);

#endif
