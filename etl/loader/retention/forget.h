/*
 * forget.h - numbers erased from all that is stored, for good.
 *
 * Legs, calls, counts and statistics stay; only the number goes.  Its HMAC is kept
 * first, in a transaction of its own: from then on no load brings it back
 * (suppression.h). Then legs are gone through month by month, a transaction each, so a
 * run that is interrupted may be repeated.
 */
#ifndef ETL_LOADER_RETENTION_FORGET_H
#define ETL_LOADER_RETENTION_FORGET_H

#include "loader/ledger/run.h"
#include "loader/retention/number.h"

/* How many rows held one of the numbers. */
struct forget_report {
    uint64_t legs;
    uint64_t versions; /* of cdr.leg_version */
    uint64_t rejects;  /* whose text is forgotten whole */
    uint64_t files;    /* names, reasons, warnings, caption lines */
    uint64_t fresh;    /* numbers that were not suppressed before */
    bool stays_away;   /* loads keep them out from now on, even where erasing fails */
};

/*
 * DRY_RUN: count, change nothing.  False with ERR (EXIT_LOCKED, EXIT_DATABASE, a
 * signal): what was erased stays erased, REPORT counts it.
 */
bool forget_run(struct run *run, const struct number *numbers, size_t count, bool dry_run,
                struct forget_report *report, struct err *err) MUST_USE;

#endif
